//! The wall clock.

use holdfast_ledger::time::Moment;

/// Now, in milliseconds since 1970. Only records and comparisons with stored times use it: durations within a
/// process are measured by the monotonic clock.
#[must_use]
pub fn now() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Moment(since.map_or(0, |since| {
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }))
}
