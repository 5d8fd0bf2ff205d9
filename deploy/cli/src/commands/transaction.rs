//! `holdfast transaction`.

use super::access::StoreAccess;
use super::error::CliError;
use clap::Args;
use holdfast_funding::view::TransactionView;
use holdfast_ledger::token::TransactionToken;

/// Show everything stored about a Marqeta transaction: response, reasons, and what followed
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast transaction 0d1f7a52-6d5e-4d9c-a9a3-1f2f4d0f7a11")]
pub(crate) struct ShowTransaction {
    #[command(flatten)]
    access: StoreAccess,
    /// Marqeta's token of the transaction
    #[arg(value_name = "TOKEN", value_parser = TransactionToken::parse)]
    token: TransactionToken,
}

impl ShowTransaction {
    pub(super) async fn show_transaction(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let record = store.transaction(&self.token).await?;
        if record.is_empty() {
            return Err(CliError::unknown("transaction", &self.token));
        }
        let view = TransactionView::of(self.token.as_str(), record);
        // Too nested for columns: people read indented JSON.
        let indented = serde_json::to_string_pretty(&view)?;
        self.access.print_result(&view, |_| indented)
    }
}
