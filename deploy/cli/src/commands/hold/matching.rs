//! Matching force captures to their purchases, and taking matches back.

use super::OfAccount;
use crate::commands::access::{Access, By};
use crate::commands::error::CliError;
use crate::commands::values;
use clap::Args;
use holdfast_funding::clock::now;
use holdfast_funding::command;
use holdfast_ledger::token::HoldId;

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  holdfast hold match h-0197a3 h-0197b8 --reason 'the receipt says so'"
)]
pub(crate) struct Match {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    by: By,
    /// The purchase's hold
    #[arg(value_name = "PURCHASE", value_parser = values::hold)]
    purchase: HoldId,
    /// The force capture's own hold, as `hold unmatched` shows it
    #[arg(value_name = "CAPTURE", value_parser = values::hold)]
    capture: HoldId,
    /// Why, kept with it
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  holdfast hold unmatch h-0197a3 --reason 'it was another purchase'"
)]
pub(crate) struct Unmatch {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    by: By,
    /// The hold of the purchase, or that of the force capture
    #[arg(value_name = "HOLD", value_parser = values::hold)]
    hold: HoldId,
    /// Why, kept with it
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl Match {
    pub(super) async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let holds = (&self.purchase, &self.capture);
        let actor = self.by.actor();
        let done = command::match_by_hand(&store, &actor, holds, &self.reason, now()).await?;
        OfAccount::new(&done.account, &done.purchase).print(&self.access)
    }
}

impl Unmatch {
    pub(super) async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let what = (&self.hold, self.reason.as_str());
        let done = command::unmatch(&store, &self.by.actor(), what, now()).await?;
        OfAccount::new(&done.account, &done.purchase).print(&self.access)
    }
}
