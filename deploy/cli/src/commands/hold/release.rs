//! `holdfast hold release`.

use super::HoldOfAccount;
use crate::commands::access::{ActorArgs, StoreAccess};
use crate::commands::error::CliError;
use clap::Args;
use holdfast_funding::clock::now;
use holdfast_funding::command;
use holdfast_ledger::token::HoldId;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast hold release h-0197a3 --reason 'the shop has closed'")]
pub(crate) struct ReleaseHold {
    #[command(flatten)]
    access: StoreAccess,
    #[command(flatten)]
    by: ActorArgs,
    /// The hold's ID
    #[arg(value_name = "HOLD", value_parser = HoldId::parse)]
    hold: HoldId,
    /// Reason, stored with the release
    #[arg(long, value_name = "TEXT")]
    reason: String,
}

impl ReleaseHold {
    pub(super) async fn release_hold(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let what = (&self.hold, self.reason.as_str());
        let released = command::release(&store, &self.by.actor(), what, now()).await?;
        HoldOfAccount::new(&released.account, &released.hold).print_hold(&self.access)
    }
}
