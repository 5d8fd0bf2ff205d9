//! `holdfast hold`.

mod look;
mod matching;
mod release;
mod unmatched;

use super::access::Access;
use super::error::CliError;
use super::table::Table;
use clap::Subcommand;
use holdfast_funding::view::HoldView;
use holdfast_ledger::hold;
use holdfast_ledger::token::AccountToken;
use serde::Serialize;

/// Holds
#[derive(Debug, Subcommand)]
pub(crate) enum Hold {
    /// List an account's holds, newest first
    List(look::List),
    /// Show one hold
    Show(look::Show),
    /// Let a hold go; what is collected later is booked all the same
    Release(release::Release),
    /// List force captures that nobody has found a purchase for, with the purchases that they may be of
    Unmatched(unmatched::Unmatched),
    /// Match a force capture to its purchase; what is still held for that is let go
    Match(matching::Match),
    /// Take a match back, of the workers or by hand; the purchase holds its money again
    Unmatch(matching::Unmatch),
}

impl Hold {
    pub(super) async fn run(self) -> Result<(), CliError> {
        match self {
            Self::List(command) => command.run().await,
            Self::Show(command) => command.run().await,
            Self::Release(command) => command.run().await,
            Self::Unmatched(command) => command.run().await,
            Self::Match(command) => command.run().await,
            Self::Unmatch(command) => command.run().await,
        }
    }
}

/// A hold, with the account that the private API has in the path.
#[derive(Serialize)]
struct OfAccount {
    account: String,
    hold: Option<HoldView>,
}

impl OfAccount {
    fn new(account: &AccountToken, hold: &hold::Hold) -> Self {
        Self {
            account: account.as_str().to_owned(),
            hold: HoldView::of(hold),
        }
    }

    fn print(&self, access: &Access) -> Result<(), CliError> {
        access.print(self, |shown| text(shown.hold.as_slice()))
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
        "matched",
        "transactions",
    ];
    let mut table = Table::new(&headings, &[3, 4, 5, 6]);
    for hold in holds {
        let matched = hold.matched.as_ref();
        table.row([
            &hold.id,
            hold.state,
            hold.currency,
            &hold.authorized,
            &hold.released,
            &hold.cleared,
            &hold.held,
            hold.expires_at.as_deref().unwrap_or("-"),
            matched.map_or("-", |matched| &matched.hold),
            &hold.transactions.join(" "),
        ]);
    }
    table.text("no holds")
}
