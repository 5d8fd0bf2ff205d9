//! Looking at holds.

use super::{OfAccount, text};
use crate::commands::access::Access;
use crate::commands::error::CliError;
use crate::commands::values;
use clap::{Args, ValueEnum};
use holdfast_funding::view::HoldView;
use holdfast_ledger::token::{AccountToken, HoldId};
use holdfast_store::hold::HoldFilter;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast hold list alice --state open")]
pub(crate) struct List {
    #[command(flatten)]
    access: Access,
    /// The account's token
    #[arg(value_name = "ACCOUNT", value_parser = values::account)]
    account: AccountToken,
    /// Those with something held, or those without
    #[arg(long, value_enum)]
    state: Option<State>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

/// Which holds are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum State {
    /// Something is held.
    Open,
    /// Nothing is held.
    Closed,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast hold show h-0197a3")]
pub(crate) struct Show {
    #[command(flatten)]
    access: Access,
    /// The hold's name, as lists show it
    #[arg(value_name = "HOLD", value_parser = values::hold)]
    hold: HoldId,
}

impl List {
    pub(super) async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        if store.account(&self.account).await?.is_none() {
            return Err(CliError::unknown("account", &self.account));
        }
        let filter = HoldFilter {
            is_open: self.state.map(|state| state == State::Open),
            before: None,
            limit: self.limit,
        };
        let holds = store.holds(&self.account, &filter).await?;
        let views: Vec<HoldView> = holds.iter().filter_map(HoldView::of).collect();
        self.access.print(&views, |views| text(views))
    }
}

impl Show {
    pub(super) async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let found = store.hold(&self.hold).await?;
        let (account, hold) = found.ok_or_else(|| CliError::unknown("hold", &self.hold))?;
        if let Some(into) = &hold.merged_into {
            let message = format!("hold {} was merged into {into}", self.hold);
            return Err(CliError::Rejected(message));
        }
        OfAccount::new(&account, &hold).print(&self.access)
    }
}
