//! The journal lines of an account.

use crate::commands::access::{StoreAccess, find_account};
use crate::commands::error::CliError;
use crate::commands::table::Table;
use clap::Args;
use holdfast_funding::view::EntryView;
use holdfast_ledger::token::AccountToken;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast account entries alice --limit 20")]
pub(crate) struct ListEntries {
    #[command(flatten)]
    access: StoreAccess,
    /// The account's token
    #[arg(value_name = "ACCOUNT", value_parser = AccountToken::parse)]
    account: AccountToken,
    /// Maximum number of rows
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

impl ListEntries {
    pub(super) async fn list_entries(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        find_account(&store, &self.account).await?;
        let entries = store.entries(&self.account, None, self.limit).await?;
        let views: Vec<EntryView> = entries.iter().map(EntryView::from).collect();
        self.access
            .print_result(&views, |views| render_entries(views))
    }
}

fn render_entries(entries: &[EntryView]) -> String {
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
        table.add_row([
            &entry.at,
            kind,
            entry.layer,
            amount,
            entry.currency,
            transaction,
            hold,
        ]);
    }
    table.render_or("no entries")
}
