//! `holdfast hold`.

mod look;
mod matching;
mod release;
mod unmatched;

use super::access::StoreAccess;
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
    List(look::ListHolds),
    /// Show one hold
    Show(look::ShowHold),
    /// Release a hold; a later clearing is still booked
    Release(release::ReleaseHold),
    /// List unmatched force captures, each with candidate purchases
    Unmatched(unmatched::ListUnmatched),
    /// Match a force capture to its purchase; the rest of the purchase's hold is released
    Match(matching::MatchCapture),
    /// Undo a match, automatic or manual; the purchase's hold is restored
    Unmatch(matching::UndoMatch),
}

impl Hold {
    pub(super) async fn run_subcommand(self) -> Result<(), CliError> {
        match self {
            Self::List(command) => command.list_holds().await,
            Self::Show(command) => command.show_hold().await,
            Self::Release(command) => command.release_hold().await,
            Self::Unmatched(command) => command.list_unmatched().await,
            Self::Match(command) => command.match_capture().await,
            Self::Unmatch(command) => command.undo_match().await,
        }
    }
}

/// A hold, with the account that the private API has in the path.
#[derive(Serialize)]
struct HoldOfAccount {
    account: String,
    hold: Option<HoldView>,
}

impl HoldOfAccount {
    fn new(account: &AccountToken, hold: &hold::Hold) -> Self {
        Self {
            account: account.as_str().to_owned(),
            hold: HoldView::of(hold),
        }
    }

    fn print_hold(&self, access: &StoreAccess) -> Result<(), CliError> {
        access.print_result(self, |shown| render_holds(shown.hold.as_slice()))
    }
}

fn render_holds(holds: &[HoldView]) -> String {
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
        table.add_row([
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
    table.render_or("no holds")
}
