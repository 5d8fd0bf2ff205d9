//! `holdfast transaction`.

use super::access::Access;
use super::error::CliError;
use super::values;
use clap::Args;
use holdfast_funding::view::TransactionView;
use holdfast_ledger::token::TransactionToken;
use holdfast_marqeta::Marqeta;

/// Everything known of one Marqeta transaction: the answer, why, and what followed
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast transaction 0d1f7a52-6d5e-4d9c-a9a3-1f2f4d0f7a11")]
pub(crate) struct Transaction {
    #[command(flatten)]
    access: Access,
    /// Marqeta's token of the transaction
    #[arg(value_name = "TOKEN", value_parser = values::transaction)]
    token: TransactionToken,
}

impl Transaction {
    pub(super) async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let record = store.transaction(&self.token).await?;
        if record.is_empty() {
            return Err(CliError::unknown("transaction", &self.token));
        }
        let view = TransactionView::of(&Marqeta, self.token.as_str(), record);
        // A story with so many chapters is read best as what it is: JSON, indented for people.
        let indented = serde_json::to_string_pretty(&view)?;
        self.access.print(&view, |_| indented)
    }
}
