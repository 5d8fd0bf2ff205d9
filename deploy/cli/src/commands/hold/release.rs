//! Letting a hold go.

use super::OfAccount;
use crate::commands::access::{Access, By};
use crate::commands::error::CliError;
use crate::commands::values;
use clap::Args;
use holdfast_funding::clock::now;
use holdfast_funding::command;
use holdfast_ledger::token::HoldId;

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

impl Release {
    pub(super) async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let what = (&self.hold, self.reason.as_str());
        let released = command::release(&store, &self.by.actor(), what, now()).await?;
        OfAccount::new(&released.account, &released.hold).print(&self.access)
    }
}
