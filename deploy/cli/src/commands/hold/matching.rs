//! `holdfast hold match` and `holdfast hold unmatch`.

use super::HoldOfAccount;
use crate::commands::access::{ActorArgs, StoreAccess};
use crate::commands::error::CliError;
use clap::Args;
use holdfast_funding::clock::now;
use holdfast_funding::command;
use holdfast_ledger::token::HoldId;

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  holdfast hold match h-0197a3 h-0197b8 --reason 'compared with the receipt'"
)]
pub(crate) struct MatchCapture {
    #[command(flatten)]
    access: StoreAccess,
    #[command(flatten)]
    by: ActorArgs,
    /// The purchase's hold
    #[arg(value_name = "PURCHASE", value_parser = HoldId::parse)]
    purchase: HoldId,
    /// The force capture's own hold, as `hold unmatched` shows it
    #[arg(value_name = "CAPTURE", value_parser = HoldId::parse)]
    capture: HoldId,
    /// Reason, stored with the match
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  holdfast hold unmatch h-0197a3 --reason 'it was another purchase'"
)]
pub(crate) struct UndoMatch {
    #[command(flatten)]
    access: StoreAccess,
    #[command(flatten)]
    by: ActorArgs,
    /// The hold of the purchase, or that of the force capture
    #[arg(value_name = "HOLD", value_parser = HoldId::parse)]
    hold: HoldId,
    /// Reason, stored with the match
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl MatchCapture {
    pub(super) async fn match_capture(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let holds = (&self.purchase, &self.capture);
        let actor = self.by.actor();
        let done = command::match_by_hand(&store, &actor, holds, &self.reason, now()).await?;
        HoldOfAccount::new(&done.account, &done.purchase).print_hold(&self.access)
    }
}

impl UndoMatch {
    pub(super) async fn undo_match(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let what = (&self.hold, self.reason.as_str());
        let done = command::unmatch(&store, &self.by.actor(), what, now()).await?;
        HoldOfAccount::new(&done.account, &done.purchase).print_hold(&self.access)
    }
}
