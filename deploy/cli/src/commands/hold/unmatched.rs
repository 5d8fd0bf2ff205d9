//! Force captures that are not matched to a purchase.

use crate::commands::access::{StoreAccess, find_account};
use crate::commands::error::CliError;
use crate::commands::table::Table;
use clap::Args;
use holdfast_funding::clock::now;
use holdfast_funding::unmatched::{self, UnmatchedFilter};
use holdfast_funding::view::{CandidateView, UnmatchedView};
use holdfast_ledger::token::AccountToken;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast hold unmatched --account alice")]
pub(crate) struct ListUnmatched {
    #[command(flatten)]
    access: StoreAccess,
    /// Only of this account [default: all]
    #[arg(long, value_name = "ACCOUNT", value_parser = AccountToken::parse)]
    account: Option<AccountToken>,
    /// Maximum number of rows
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

impl ListUnmatched {
    pub(super) async fn list_unmatched(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        if let Some(account) = &self.account {
            find_account(&store, account).await?;
        }
        let filter = UnmatchedFilter {
            account: self.account,
            before: None,
            limit: self.limit,
        };
        let found = unmatched::list(&store, &filter, now()).await?;
        let views: Vec<UnmatchedView> = found.iter().filter_map(UnmatchedView::of).collect();
        self.access
            .print_result(&views, |views| render_unmatched(views))
    }
}

fn render_unmatched(captures: &[UnmatchedView]) -> String {
    let headings = [
        "capture",
        "account",
        "amount",
        "currency",
        "created",
        "transaction",
        "candidates (score)",
    ];
    let mut table = Table::new(&headings, &[2]);
    for unmatched in captures {
        let capture = &unmatched.capture;
        let candidate =
            |purchase: &CandidateView| format!("{} ({})", purchase.hold, purchase.score);
        let candidates: Vec<String> = unmatched.candidates.iter().map(candidate).collect();
        let candidates = candidates.join(", ");
        table.add_row([
            &unmatched.hold.id,
            &unmatched.account,
            &capture.amount,
            capture.currency,
            capture.created.as_deref().unwrap_or("-"),
            &capture.transaction,
            &candidates,
        ]);
    }
    table.render_or("no unmatched captures")
}
