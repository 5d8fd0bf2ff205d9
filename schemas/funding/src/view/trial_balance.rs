//! What verifying found.

use holdfast_store::verify::{Difference, Verification};
use serde::Serialize;

/// The trial balance.
#[derive(Debug, Clone, Serialize)]
pub struct TrialBalanceView {
    /// Is everything as it should be?
    pub balanced: bool,
    /// Debits and credits over all sides and layers.
    pub currencies: Vec<TotalView>,
    /// What is stored and what it should be.
    pub differences: Vec<DifferenceView>,
    /// Differences beyond those listed.
    #[serde(skip_serializing_if = "is_zero")]
    pub unlisted: u64,
    /// Events, accounts and holds looked at.
    pub verified: Verified,
}

/// One currency.
#[derive(Debug, Clone, Serialize)]
pub struct TotalView {
    /// Which.
    pub currency: &'static str,
    /// Sum of all debits.
    pub debits: String,
    /// Sum of all credits.
    pub credits: String,
}

/// One difference.
#[derive(Debug, Clone, Serialize)]
pub struct DifferenceView {
    /// What differs.
    pub what: &'static str,
    /// The account.
    pub account: Option<String>,
    /// The hold, transaction or place in the journal.
    pub subject: Option<String>,
    /// The currency of the amounts.
    pub currency: Option<&'static str>,
    /// What is stored.
    pub stored: String,
    /// What it should be.
    pub recomputed: String,
}

/// How much was looked at.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Verified {
    /// Events of the journal.
    pub events: u64,
    /// Accounts.
    pub accounts: u64,
    /// Holds.
    pub holds: u64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl From<Verification> for TrialBalanceView {
    fn from(found: Verification) -> Self {
        let total = |(currency, totals): (&_, &holdfast_store::verify::Totals)| {
            let currency: holdfast_ledger::money::Currency = *currency;
            TotalView {
                currency: currency.code(),
                debits: totals.debits.text(currency),
                credits: totals.credits.text(currency),
            }
        };
        Self {
            balanced: found.is_balanced(),
            currencies: found.totals.iter().map(total).collect(),
            unlisted: found.unlisted,
            verified: Verified {
                events: found.events,
                accounts: found.accounts,
                holds: found.holds,
            },
            differences: found
                .differences
                .into_iter()
                .map(DifferenceView::from)
                .collect(),
        }
    }
}

impl From<Difference> for DifferenceView {
    fn from(difference: Difference) -> Self {
        Self {
            what: difference.what,
            account: difference.account,
            subject: difference.subject,
            currency: difference
                .currency
                .map(holdfast_ledger::money::Currency::code),
            stored: difference.stored,
            recomputed: difference.recomputed,
        }
    }
}
