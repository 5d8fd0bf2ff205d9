//! `holdfast control usage`.

use crate::commands::access::StoreAccess;
use crate::commands::error::CliError;
use crate::commands::table::Table;
use clap::Args;
use holdfast_events::moment;
use holdfast_funding::clock::now;
use holdfast_funding::command::{self, Asked, ControlError, UsageError};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken, ControlToken};
use serde::Serialize;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast control usage daily-500 --account alice")]
pub(crate) struct ShowUsage {
    #[command(flatten)]
    access: StoreAccess,
    /// The velocity control's token
    #[arg(value_name = "TOKEN", value_parser = ControlToken::parse)]
    control: ControlToken,
    /// The account; optional if the control or --card determines it
    #[arg(long, value_name = "ACCOUNT", value_parser = AccountToken::parse)]
    account: Option<AccountToken>,
    /// A card of the account
    #[arg(long, value_name = "CARD", value_parser = CardToken::parse)]
    card: Option<CardToken>,
}

/// The usage. Amounts are texts with the currency's exponent. The window TRANSACTION has no sums.
#[derive(Serialize)]
struct UsageView {
    control: String,
    account: String,
    currency: &'static str,
    spent: Option<String>,
    limit: String,
    uses: Option<i64>,
    usage_limit: Option<u32>,
    since: Option<String>,
    until: Option<String>,
}

impl ShowUsage {
    pub(super) async fn show_usage(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let asked = Asked {
            account: self.account,
            card: self.card,
        };
        let usage = command::usage(&store, &self.control, &asked, now()).await;
        self.access.print_result(
            &UsageView::of(&usage.map_err(usage_error)?),
            UsageView::render,
        )
    }
}

fn usage_error(error: UsageError) -> CliError {
    match error {
        UsageError::Store(error) | UsageError::Control(ControlError::Store(error)) => error.into(),
        other => CliError::Rejected(other.to_string()),
    }
}

impl UsageView {
    fn of(usage: &command::Usage) -> Self {
        let (control, used) = (&usage.control, &usage.used);
        let is_summed = usage.available.is_some();
        let end = usage.period.map(|period| period.end);
        Self {
            control: control.token.to_string(),
            account: usage.account.to_string(),
            currency: control.currency.code(),
            spent: is_summed.then(|| used.amount.text(control.currency)),
            limit: control.limit.amount.text(control.currency),
            uses: is_summed.then_some(used.uses),
            usage_limit: control.limit.uses,
            since: usage.period.map(|period| moment::text(period.start)),
            until: end.filter(|end| *end != Moment(i64::MAX)).map(moment::text),
        }
    }

    fn render(&self) -> String {
        let none = || "-".to_owned();
        let uses = self.uses.map_or_else(none, |uses| match self.usage_limit {
            Some(limit) => format!("{uses} of {limit}"),
            None => uses.to_string(),
        });
        let amount = |text: &str| format!("{text} {}", self.currency);
        let mut table = Table::new(&["spent", "limit", "uses", "since", "until"], &[0, 1, 2]);
        table.add_row([
            &self.spent.as_deref().map_or_else(none, amount),
            &amount(&self.limit),
            &uses,
            self.since.as_deref().unwrap_or("-"),
            self.until.as_deref().unwrap_or("-"),
        ]);
        table.render_or("nothing is used")
    }
}
