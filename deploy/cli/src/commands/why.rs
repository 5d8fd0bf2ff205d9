//! `holdfast why`: one page that explains a decision.

mod page;
mod reasons;
mod sentence;

use super::access::StoreAccess;
use super::error::CliError;
use clap::Args;
use holdfast_funding::view::{
    DisputeView, EntryView, HoldView, NotificationView, TransactionAlertView, TransactionView,
};
use holdfast_ledger::token::TransactionToken;
use holdfast_store::Store;
use reasons::{Reasons, WhyRequest, WhyResponse};
use serde::Serialize;

/// Explain why a purchase was approved or declined, and what followed
///
/// For support staff: request and response, the deciding check with its inputs, all checks, the balance before
/// and after, the time that each phase took, and everything that happened to the purchase since.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  holdfast why 0d1f7a52-6d5e-4d9c-a9a3-1f2f4d0f7a11

Exit codes: 0 found, 66 unknown transaction")]
pub(crate) struct ShowWhy {
    #[command(flatten)]
    access: StoreAccess,
    /// Marqeta's token of the transaction
    #[arg(value_name = "TOKEN", value_parser = TransactionToken::parse)]
    token: TransactionToken,
}

/// The page.
#[derive(Debug, Serialize)]
struct WhyPage {
    transaction: String,
    account: Option<String>,
    /// `None` for a transaction that Marqeta only notified.
    asked: Option<WhyRequest>,
    answered: Option<WhyResponse>,
    #[serde(flatten)]
    reasons: Reasons,
    since: WhySince,
    /// Why this transaction moved no money, where it moved none.
    no_money_because: Option<String>,
}

/// What happened to the purchase, by any of its messages.
#[derive(Debug, Default, Serialize)]
struct WhySince {
    notifications: Vec<NotificationOf>,
    alerts: Vec<AlertOf>,
    disputes: Vec<DisputeView>,
    hold: Option<HoldView>,
    entries: Vec<EntryView>,
}

/// An alert and its transaction.
#[derive(Debug, Serialize)]
struct AlertOf {
    transaction: String,
    #[serde(flatten)]
    alert: TransactionAlertView,
}

/// A notification and its transaction.
#[derive(Debug, Serialize)]
struct NotificationOf {
    transaction: String,
    #[serde(flatten)]
    notification: NotificationView,
}

impl ShowWhy {
    pub(super) async fn show_why(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let Some(story) = read_story(&store, &self.token).await? else {
            return Err(CliError::UnknownTransaction(self.token));
        };
        let page = WhyPage::read(&store, story).await?;
        self.access.print_result(&page, page::render_page)
    }
}

async fn read_story(
    store: &Store,
    token: &TransactionToken,
) -> Result<Option<TransactionView>, CliError> {
    let record = store.transaction(token).await?;
    Ok((!record.is_empty()).then(|| TransactionView::of(token.as_str(), record)))
}

impl WhyPage {
    async fn read(store: &Store, mut story: TransactionView) -> Result<Self, CliError> {
        let asked = story
            .request
            .as_deref()
            .map(WhyRequest::parse)
            .transpose()?;
        let currency = asked.as_ref().and_then(|asked| asked.currency.clone());
        let answered = WhyResponse::read(&story, currency.clone())?;
        let why = story.decision.as_ref().map(|decision| &*decision.why);
        let reasons = why.map(|why| Reasons::parse(why, currency.as_deref()));
        let reasons = reasons.transpose()?.unwrap_or_default();
        let no_money_because = story.no_money_because.take();
        let (transaction, account) = (story.token.clone(), story.account.take());
        Ok(Self {
            since: WhySince::read(store, story).await?,
            transaction,
            account,
            asked,
            answered,
            reasons,
            no_money_because,
        })
    }
}

impl WhySince {
    /// Clearings and reversals have other tokens than the authorization: the hold names them.
    async fn read(store: &Store, mut story: TransactionView) -> Result<Self, CliError> {
        let hold = story.hold.take();
        let disputes = std::mem::take(&mut story.disputes);
        let tokens = hold.iter().flat_map(|hold| &hold.transactions);
        let others: Vec<String> = tokens.filter(|t| **t != story.token).cloned().collect();
        let mut since = Self {
            hold,
            disputes,
            ..Self::default()
        };
        since.add_transaction(story);
        for other in others
            .iter()
            .filter_map(|t| TransactionToken::parse(t).ok())
        {
            if let Some(other) = read_story(store, &other).await? {
                since.add_transaction(other);
            }
        }
        since.entries.sort_by_key(|entry| entry.position);
        let received = |of: &NotificationOf| of.notification.received_at.clone();
        since.notifications.sort_by_key(received);
        let raised = |of: &AlertOf| of.alert.raised_at.clone();
        since.alerts.sort_by_key(raised);
        Ok(since)
    }

    fn add_transaction(&mut self, story: TransactionView) {
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
