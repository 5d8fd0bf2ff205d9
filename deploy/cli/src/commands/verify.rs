//! `holdfast verify`.

use super::access::Access;
use super::error::CliError;
use super::table::Table;
use clap::Args;
use holdfast_funding::view::TrialBalanceView;

/// Recompute everything from the journal and compare it with what is stored
///
/// It may run while everything else does. Exit code 1 tells of differences.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast verify && echo all is well")]
pub(crate) struct Verify {
    #[command(flatten)]
    access: Access,
}

impl Verify {
    /// `true` when everything is as it should be.
    pub(super) async fn run(self) -> Result<bool, CliError> {
        let store = self.access.open().await?;
        let view = TrialBalanceView::from(store.verify().await?);
        self.access.print(&view, text)?;
        Ok(view.balanced)
    }
}

fn text(view: &TrialBalanceView) -> String {
    let mut totals = Table::new(&["currency", "debits", "credits"], &[1, 2]);
    for total in &view.currencies {
        totals.row([total.currency, &total.debits, &total.credits]);
    }
    let verified = view.verified;
    let counted = format!(
        "{} events, {} accounts, {} holds",
        verified.events, verified.accounts, verified.holds
    );
    let totals = totals.text("nothing is booked yet");
    if view.balanced {
        return format!("{totals}\n\nthe books balance: {counted}");
    }
    let count = view
        .unlisted
        .saturating_add(view.differences.len().try_into().unwrap_or(u64::MAX));
    format!(
        "{totals}\n\n{}\n\nthe books do not balance: {count} found, in {counted}",
        differences(view)
    )
}

fn differences(view: &TrialBalanceView) -> String {
    let headings = [
        "what",
        "account",
        "subject",
        "currency",
        "stored",
        "recomputed",
    ];
    let mut table = Table::new(&headings, &[]);
    for difference in &view.differences {
        table.row([
            difference.what,
            difference.account.as_deref().unwrap_or("-"),
            difference.subject.as_deref().unwrap_or("-"),
            difference.currency.unwrap_or("-"),
            &difference.stored,
            &difference.recomputed,
        ]);
    }
    table.text("debits and credits differ")
}
