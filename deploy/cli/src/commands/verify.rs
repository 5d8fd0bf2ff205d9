//! `holdfast verify`.

use super::access::StoreAccess;
use super::error::CliError;
use super::table::Table;
use clap::Args;
use holdfast_funding::view::TrialBalanceView;

/// Recompute everything from the journal and compare it with what is stored
///
/// It may run beside everything else. Exit code 1 means differences.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast verify && echo all is well")]
pub(crate) struct VerifyBooks {
    #[command(flatten)]
    access: StoreAccess,
}

impl VerifyBooks {
    /// Returns whether the books balance.
    pub(super) async fn verify_books(self) -> Result<bool, CliError> {
        let store = self.access.open_store().await?;
        let view = TrialBalanceView::from(store.verify().await?);
        self.access.print_result(&view, render_trial_balance)?;
        Ok(view.balanced)
    }
}

fn render_trial_balance(view: &TrialBalanceView) -> String {
    let mut totals = Table::new(&["currency", "debits", "credits"], &[1, 2]);
    for total in &view.currencies {
        totals.add_row([total.currency, &total.debits, &total.credits]);
    }
    let verified = view.verified;
    let counted = format!(
        "{} events, {} accounts, {} holds",
        verified.events, verified.accounts, verified.holds
    );
    let totals = totals.render_or("nothing is booked yet");
    if view.balanced {
        return format!("{totals}\n\nthe books balance: {counted}");
    }
    let count = view
        .unlisted
        .saturating_add(view.differences.len().try_into().unwrap_or(u64::MAX));
    format!(
        "{totals}\n\n{}\n\nthe books do not balance, differences: {count} (in {counted})",
        render_differences(view)
    )
}

fn render_differences(view: &TrialBalanceView) -> String {
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
        table.add_row([
            difference.what,
            difference.account.as_deref().unwrap_or("-"),
            difference.subject.as_deref().unwrap_or("-"),
            difference.currency.unwrap_or("-"),
            &difference.stored,
            &difference.recomputed,
        ]);
    }
    table.render_or("debits and credits differ")
}
