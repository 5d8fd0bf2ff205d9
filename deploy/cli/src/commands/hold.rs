//! `holdfast hold`.

use super::access::{Access, By, now};
use super::error::CommandError;
use super::table::Table;
use super::values;
use clap::{Args, Subcommand, ValueEnum};
use holdfast_front::api::act;
use holdfast_front::api::view::HoldView;
use holdfast_ledger::token::{AccountToken, HoldId};
use holdfast_store::hold::HoldFilter;
use serde::Serialize;

/// Holds
#[derive(Debug, Subcommand)]
pub(crate) enum Hold {
    /// List an account's holds, newest first
    List(List),
    /// Show one hold
    Show(Show),
    /// Let a hold go; what is collected later is booked all the same
    Release(Release),
}

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

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast hold release h-0197a3 --reason 'the shop has closed'")]
pub(crate) struct Release {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    by: By,
    /// The hold's name, as lists show it
    #[arg(value_name = "HOLD", value_parser = values::hold)]
    hold: HoldId,
    /// Why, kept with it
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

/// A hold, with the account that the private API has in the path.
#[derive(Serialize)]
struct OfAccount {
    account: String,
    hold: Option<HoldView>,
}

impl Hold {
    pub(super) async fn run(self) -> Result<(), CommandError> {
        match self {
            Self::List(command) => command.run().await,
            Self::Show(command) => command.run().await,
            Self::Release(command) => command.run().await,
        }
    }
}

impl List {
    async fn run(self) -> Result<(), CommandError> {
        let store = self.access.open().await?;
        if store.account(&self.account).await?.is_none() {
            return Err(CommandError::unknown("account", &self.account));
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
    async fn run(self) -> Result<(), CommandError> {
        let store = self.access.open().await?;
        let found = store.hold(&self.hold).await?;
        let (account, hold) = found.ok_or_else(|| CommandError::unknown("hold", &self.hold))?;
        if let Some(into) = &hold.merged_into {
            let message = format!("hold {} was merged into {into}", self.hold);
            return Err(CommandError::Refused(message));
        }
        let shown = OfAccount {
            account: account.as_str().to_owned(),
            hold: HoldView::of(&hold),
        };
        self.access
            .print(&shown, |shown| text(shown.hold.as_slice()))
    }
}

impl Release {
    async fn run(self) -> Result<(), CommandError> {
        let store = self.access.open().await?;
        let what = (&self.hold, self.reason.as_str());
        let released = act::release(&store, &self.by.actor(), what, now()).await?;
        let account = released.account.as_str().to_owned();
        let shown = OfAccount {
            account,
            hold: HoldView::of(&released.hold),
        };
        self.access
            .print(&shown, |shown| text(shown.hold.as_slice()))
    }
}

fn text(holds: &[HoldView]) -> String {
    let headings = [
        "hold",
        "state",
        "currency",
        "authorized",
        "released",
        "cleared",
        "held",
        "expires",
        "transactions",
    ];
    let mut table = Table::new(&headings, &[3, 4, 5, 6]);
    for hold in holds {
        table.row([
            &hold.id,
            hold.state,
            hold.currency,
            &hold.authorized,
            &hold.released,
            &hold.cleared,
            &hold.held,
            hold.expires_at.as_deref().unwrap_or("-"),
            &hold.transactions.join(" "),
        ]);
    }
    table.text("no holds")
}
