//! When a hold lapses by itself.

use crate::fact::Fact;
use crate::policy::Policy;
use crate::time::Moment;

/// When the hold lapses, counted from its facts: the latest of what its approved authorizations,
/// increments and credit authorizations say, else of the days that each was given. `None` when none stands.
pub(super) fn of_views(views: &[&Fact], policy: Policy, opened: Moment) -> Option<Moment> {
    let lapses = |fact: &&Fact| {
        let days = fact.days.unwrap_or(policy.hold_days);
        let counted = fact.created.unwrap_or(opened).plus_days(days);
        fact.expiration.unwrap_or(counted)
    };
    let authorizations = views.iter().filter(|fact| fact.reserves() && fact.stands());
    authorizations.map(lapses).max()
}
