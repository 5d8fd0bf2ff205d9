//! Approvals of ours that no notification has confirmed. The response may never have reached
//! Marqeta; a query to Marqeta would answer it.

use super::Applier;
use crate::clock::now;
use holdfast_ledger::time::Moment;
use holdfast_store::StoreError;

/// Approvals without a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unconfirmed {
    /// How many.
    pub approvals: i64,
    /// Age of the oldest, in seconds.
    pub oldest_seconds: i64,
}

/// Marqeta confirms within a second in normal times (reference section 0); a minute is late.
const AFTER_MILLIS: i64 = 60_000;

/// Counts the approvals of the last twelve days (as long as Marqeta retries) that are unconfirmed.
///
/// # Errors
/// [`StoreError`].
pub async fn count_unconfirmed(applier: &Applier) -> Result<Unconfirmed, StoreError> {
    let before = Moment(now().0.saturating_sub(AFTER_MILLIS));
    let (approvals, oldest_seconds) = applier.store.count_unconfirmed(before).await?;
    if approvals > 0 {
        tracing::warn!(
            approvals,
            oldest_seconds,
            "Approvals without a notification"
        );
    }
    Ok(Unconfirmed {
        approvals,
        oldest_seconds,
    })
}
