//! The outcome of evaluating one request, before it is recorded.

use holdfast_decision::DeclineReason;
use holdfast_ledger::book::Plan;
use holdfast_ledger::money::Amount;

/// What has been decided about one request.
#[derive(Debug)]
pub(super) enum Evaluated {
    /// Approved for this amount, with the change that it makes to the books, if any.
    Approved(Amount, Option<Box<Plan>>),
    /// Declined.
    Declined(DeclineReason),
}
