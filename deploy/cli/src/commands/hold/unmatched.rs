//! Force captures that wait for somebody to find their purchase.

use crate::commands::access::Access;
use crate::commands::error::CliError;
use crate::commands::table::Table;
use crate::commands::values;
use clap::Args;
use holdfast_funding::clock::now;
use holdfast_funding::unmatched::{self, UnmatchedFilter};
use holdfast_funding::view::{CandidateView, UnmatchedView};
use holdfast_ledger::token::AccountToken;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast hold unmatched --account alice")]
pub(crate) struct Unmatched {
    #[command(flatten)]
    access: Access,
    /// Those of one account; all unless said
    #[arg(long, value_name = "ACCOUNT", value_parser = values::account)]
    account: Option<AccountToken>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

impl Unmatched {
    pub(super) async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        if let Some(account) = &self.account
            && store.account(account).await?.is_none()
        {
            return Err(CliError::unknown("account", account));
        }
        let filter = UnmatchedFilter {
            account: self.account,
            before: None,
            limit: self.limit,
        };
        let found = unmatched::list(&store, &filter, now()).await?;
        let views: Vec<UnmatchedView> = found.iter().filter_map(UnmatchedView::of).collect();
        self.access.print(&views, |views| text(views))
    }
}

fn text(captures: &[UnmatchedView]) -> String {
    let headings = [
        "capture",
        "account",
        "amount",
        "currency",
        "created",
        "transaction",
        "may be of (score)",
    ];
    let mut table = Table::new(&headings, &[2]);
    for unmatched in captures {
        let capture = &unmatched.capture;
        let candidate =
            |purchase: &CandidateView| format!("{} ({})", purchase.hold, purchase.score);
        let candidates: Vec<String> = unmatched.candidates.iter().map(candidate).collect();
        let candidates = candidates.join(", ");
        table.row([
            &unmatched.hold.id,
            &unmatched.account,
            &capture.amount,
            capture.currency,
            capture.created.as_deref().unwrap_or("-"),
            &capture.transaction,
            &candidates,
        ]);
    }
    table.text("no unmatched captures")
}
