//! The journal lines of an account.

use crate::commands::access::Access;
use crate::commands::error::CliError;
use crate::commands::table::Table;
use crate::commands::values;
use clap::Args;
use holdfast_funding::view::EntryView;
use holdfast_ledger::token::AccountToken;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast account entries alice --limit 20")]
pub(crate) struct Entries {
    #[command(flatten)]
    access: Access,
    /// The account's token
    #[arg(value_name = "ACCOUNT", value_parser = values::account)]
    account: AccountToken,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

impl Entries {
    pub(super) async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        if store.account(&self.account).await?.is_none() {
            return Err(CliError::unknown("account", &self.account));
        }
        let entries = store.entries(&self.account, None, self.limit).await?;
        let views: Vec<EntryView> = entries.iter().map(EntryView::from).collect();
        self.access.print(&views, |views| text(views))
    }
}

fn text(entries: &[EntryView]) -> String {
    let headings = [
        "at",
        "kind",
        "layer",
        "amount",
        "currency",
        "transaction",
        "hold",
    ];
    let mut table = Table::new(&headings, &[3]);
    for entry in entries {
        let transaction = entry.transaction.as_deref().unwrap_or("-");
        let hold = entry.hold.as_deref().unwrap_or("-");
        let (kind, amount) = (&entry.kind, &entry.amount);
        table.row([
            &entry.at,
            kind,
            entry.layer,
            amount,
            entry.currency,
            transaction,
            hold,
        ]);
    }
    table.text("no entries")
}
