//! The decision: may this purchase go through? Pure: everything it needs is brought to it, and it
//! changes nothing.
//!
//! * [`case`]: what is decided on: the request, the account under its lock, the card, the planned change.
//! * [`purchase`]: what of the request rules and controls ask for.
//! * [`check`]: the ordered list of checks; the first that fails decides the response. **A new check is one file in
//!   `check/` and one line in the table of [`check::Check`].**
//! * [`page`]: "How a purchase is decided", printed from that table into `checks.md`.
//! * [`partial`]: when less than was asked for may be approved.
//! * [`refusal`]: why a purchase may be refused, in order of precedence.

pub mod case;
pub mod check;
mod decline_reason;
pub mod page;
pub mod partial;
pub mod purchase;
pub mod refusal;

pub use case::{Card, Case, Effect, Part};
pub use check::{Check, Checked, Verdict};
pub use decline_reason::DeclineReason;
pub use partial::Terms;
pub use purchase::{ControlPolicy, Purchase, PurchaseStep};
pub use refusal::Refusal;

use holdfast_ledger::money::Amount;

/// The version of these rules, kept with every decision.
pub const RULES: i32 = 4;

/// What is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionOutcome {
    /// All that was asked for.
    Approved,
    /// This smaller amount, in the request's currency; its change is that of [`Case::part`].
    Reduced(Amount),
    /// Nothing.
    Refused(Refusal),
}

/// What was decided, and why.
#[derive(Debug, Clone)]
pub struct Decision {
    /// What is answered.
    pub outcome: DecisionOutcome,
    /// Every check that was made, in order; the last one decided.
    pub checks: Vec<Checked>,
}

/// Decides a case: checks in order, until one refuses.
#[must_use]
pub fn decide_case(case: &Case<'_>) -> Decision {
    let mut checks = Vec::with_capacity(Check::ALL.len());
    let mut outcome = DecisionOutcome::Approved;
    for check in Check::ALL.iter().copied() {
        let checked = check.evaluate_case(case);
        let verdict = checked.verdict;
        checks.push(checked);
        match verdict {
            Verdict::Passed => {}
            Verdict::Reduced(amount) => outcome = DecisionOutcome::Reduced(amount),
            Verdict::Refused(refusal) => {
                outcome = DecisionOutcome::Refused(refusal);
                break;
            }
        }
    }
    Decision { outcome, checks }
}
