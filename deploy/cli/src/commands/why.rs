//! `holdfast why`: one page that answers a customer's question.

mod page;
mod reasons;
mod sentence;

use super::access::Access;
use super::error::CliError;
use super::values;
use clap::Args;
use holdfast_funding::view::{
    DisputeView, EntryView, HoldView, NotificationView, TransactionAlertView, TransactionView,
};
use holdfast_ledger::token::TransactionToken;
use holdfast_marqeta::Marqeta;
use holdfast_store::Store;
use reasons::{Answered, Asked, Reasons};
use serde::Serialize;

/// Why a purchase was approved or declined, and what has become of its money
///
/// For whoever answers a customer: what was asked and answered, which check decided with its numbers, all
/// checks, the balance before and after, how long it took, and what happened to the money since.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  holdfast why 0d1f7a52-6d5e-4d9c-a9a3-1f2f4d0f7a11

Exit codes: 0 found, 66 nobody has told us of this transaction")]
pub(crate) struct Why {
    #[command(flatten)]
    access: Access,
    /// Marqeta's token of the transaction
    #[arg(value_name = "TOKEN", value_parser = values::transaction)]
    token: TransactionToken,
}

/// The page.
#[derive(Debug, Serialize)]
struct Page {
    transaction: String,
    account: Option<String>,
    /// Nothing where Marqeta only told of it.
    asked: Option<Asked>,
    answered: Option<Answered>,
    #[serde(flatten)]
    reasons: Reasons,
    since: Since,
    /// Why this transaction moved no money, where it moved none.
    no_money_because: Option<String>,
}

/// What happened to the money, whichever of the purchase's messages did it.
#[derive(Debug, Default, Serialize)]
struct Since {
    notifications: Vec<NotificationOf>,
    alerts: Vec<AlertOf>,
    disputes: Vec<DisputeView>,
    hold: Option<HoldView>,
    entries: Vec<EntryView>,
}

/// An alert, with the transaction that it is of.
#[derive(Debug, Serialize)]
struct AlertOf {
    transaction: String,
    #[serde(flatten)]
    alert: TransactionAlertView,
}

/// A notification, with the transaction that it is of.
#[derive(Debug, Serialize)]
struct NotificationOf {
    transaction: String,
    #[serde(flatten)]
    notification: NotificationView,
}

impl Why {
    pub(super) async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let Some(story) = story(&store, &self.token).await? else {
            let message = format!(
                "looking for transaction {}: nobody has told us of it; compare the token with Marqeta's dashboard",
                self.token
            );
            return Err(CliError::Untold(message));
        };
        let page = Page::of(&store, story).await?;
        self.access.print(&page, page::text)
    }
}

async fn story(
    store: &Store,
    token: &TransactionToken,
) -> Result<Option<TransactionView>, CliError> {
    let record = store.transaction(token).await?;
    Ok((!record.is_empty()).then(|| TransactionView::of(&Marqeta, token.as_str(), record)))
}

impl Page {
    async fn of(store: &Store, mut story: TransactionView) -> Result<Self, CliError> {
        let asked = story.request.as_deref().map(Asked::read).transpose()?;
        let currency = asked.as_ref().and_then(|asked| asked.currency.clone());
        let answered = Answered::of(&story, currency.clone())?;
        let why = story.decision.as_ref().map(|decision| &*decision.why);
        let reasons = why.map(|why| Reasons::read(why, currency.as_deref()));
        let reasons = reasons.transpose()?.unwrap_or_default();
        let no_money_because = story.no_money_because.take();
        let (transaction, account) = (story.token.clone(), story.account.take());
        Ok(Self {
            since: Since::of(store, story).await?,
            transaction,
            account,
            asked,
            answered,
            reasons,
            no_money_because,
        })
    }
}

impl Since {
    /// A purchase is collected and let go under other tokens than it was asked for: the hold names them.
    async fn of(store: &Store, mut story: TransactionView) -> Result<Self, CliError> {
        let hold = story.hold.take();
        let disputes = std::mem::take(&mut story.disputes);
        let tokens = hold.iter().flat_map(|hold| &hold.transactions);
        let others: Vec<String> = tokens.filter(|t| **t != story.token).cloned().collect();
        let mut since = Self {
            hold,
            disputes,
            ..Self::default()
        };
        since.take(story);
        for other in others
            .iter()
            .filter_map(|t| TransactionToken::parse(t).ok())
        {
            if let Some(other) = self::story(store, &other).await? {
                since.take(other);
            }
        }
        since.entries.sort_by_key(|entry| entry.position);
        let received = |of: &NotificationOf| of.notification.received_at.clone();
        since.notifications.sort_by_key(received);
        let raised = |of: &AlertOf| of.alert.raised_at.clone();
        since.alerts.sort_by_key(raised);
        Ok(since)
    }

    fn take(&mut self, story: TransactionView) {
        let transaction = story.token;
        let notifications = story
            .notifications
            .into_iter()
            .map(|notification| NotificationOf {
                transaction: transaction.clone(),
                notification,
            });
        self.notifications.extend(notifications);
        let alerts = story.alerts.into_iter().map(|alert| AlertOf {
            transaction: transaction.clone(),
            alert,
        });
        self.alerts.extend(alerts);
        self.entries.extend(story.entries);
    }
}
