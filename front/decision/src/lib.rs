//! The decision: may this purchase go through? Pure: everything it needs is brought to it, and it
//! changes nothing.
//!
//! * [`case`]: what is decided on: the request, the account under its lock, the card, the planned change.
//! * [`check`]: the ordered list of checks; the first that fails answers. **A new check (spend controls,
//!   card rules) is one file in `check/` and one line in [`check::Check`].**
//! * [`refusal`]: why a purchase may be refused, in order of precedence.

pub mod case;
pub mod check;
pub mod refusal;

pub use case::{Card, Case, Effect};
pub use check::{Check, Checked, Verdict};
pub use refusal::Refusal;

/// The version of these rules, kept with every decision.
pub const RULES: i32 = 1;

/// What was decided, and why.
#[derive(Debug, Clone)]
pub struct Decision {
    /// `None` approves.
    pub refusal: Option<Refusal>,
    /// Every check that was made, in order; the last one decided.
    pub checks: Vec<Checked>,
}

/// Decides a case: checks in order, until one refuses.
#[must_use]
pub fn decide(case: &Case<'_>) -> Decision {
    let mut checks = Vec::with_capacity(Check::ALL.len());
    for check in Check::ALL {
        let checked = check.judge(case);
        let refusal = checked.verdict.refusal();
        checks.push(checked);
        if refusal.is_some() {
            return Decision { refusal, checks };
        }
    }
    Decision {
        refusal: None,
        checks,
    }
}
