//! From facts to standing: reduce to one view per token, order them, fold them (design section 2).
//!
//! The result depends on the set of facts and the policy alone. Neither the order of arrival nor
//! duplicates can show, because the facts are reduced and sorted before anything is counted.

mod anomaly;
mod count;
mod deadline;
mod dispute;
mod order;
mod reduce;
mod spending;
mod standing;

pub use anomaly::Anomaly;
pub use count::Folded;
pub use standing::{Line, Standing};

use crate::fact::Fact;
use crate::money::Overflow;
use crate::policy::Policy;
use crate::time::Moment;

/// The version of these rules, stamped into every decision. Refolding under another one is a command, never an accident.
pub const VERSION: u16 = 1;

/// What a set of facts amounts to.
///
/// # Errors
/// [`Overflow`] when amounts add up beyond what is exact.
pub fn standing(facts: &[Fact], policy: Policy, opened: Moment) -> Result<Standing, Overflow> {
    fold(facts, policy, opened).map(|folded| folded.standing)
}

/// The same with what does not fit together, and with what it uses of spending limits.
///
/// # Errors
/// As [`standing`].
pub fn fold(facts: &[Fact], policy: Policy, opened: Moment) -> Result<Folded, Overflow> {
    let views = order::ordered(reduce::views(facts));
    let deadline = deadline::of_views(&views, policy, opened);
    let mut folded = count::count(facts, &views, policy, deadline, opened)?;
    folded.anomalies.extend(anomaly::of_sources(facts, &views));
    Ok(folded)
}

/// The facts that speak, one for each transaction or act.
#[must_use]
pub fn views(facts: &[Fact]) -> Vec<&Fact> {
    reduce::views(facts)
}
