//! `holdfast hold list` and `holdfast hold show`.

use super::{HoldOfAccount, render_holds};
use crate::commands::access::{StoreAccess, find_account};
use crate::commands::error::CliError;
use clap::{Args, ValueEnum};
use holdfast_funding::view::HoldView;
use holdfast_ledger::token::{AccountToken, HoldId};
use holdfast_store::hold::HoldFilter;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast hold list alice --state open")]
pub(crate) struct ListHolds {
    #[command(flatten)]
    access: StoreAccess,
    /// The account's token
    #[arg(value_name = "ACCOUNT", value_parser = AccountToken::parse)]
    account: AccountToken,
    /// Only holds with held money, or only those without
    #[arg(long, value_enum)]
    state: Option<OpenOrClosed>,
    /// Maximum number of rows
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

/// Which holds are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum OpenOrClosed {
    /// Something is held.
    Open,
    /// Nothing is held.
    Closed,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast hold show h-0197a3")]
pub(crate) struct ShowHold {
    #[command(flatten)]
    access: StoreAccess,
    /// The hold's ID
    #[arg(value_name = "HOLD", value_parser = HoldId::parse)]
    hold: HoldId,
}

impl ListHolds {
    pub(super) async fn list_holds(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        find_account(&store, &self.account).await?;
        let filter = HoldFilter {
            is_open: self.state.map(|state| state == OpenOrClosed::Open),
            before: None,
            limit: self.limit,
        };
        let holds = store.holds(&self.account, &filter).await?;
        let views: Vec<HoldView> = holds.iter().filter_map(HoldView::of).collect();
        self.access
            .print_result(&views, |views| render_holds(views))
    }
}

impl ShowHold {
    pub(super) async fn show_hold(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let found = store.hold(&self.hold).await?;
        let (account, hold) = found.ok_or_else(|| CliError::unknown("hold", &self.hold))?;
        if let Some(into) = &hold.merged_into {
            let message = format!("hold {} was merged into {into}", self.hold);
            return Err(CliError::Rejected(message));
        }
        HoldOfAccount::new(&account, &hold).print_hold(&self.access)
    }
}
