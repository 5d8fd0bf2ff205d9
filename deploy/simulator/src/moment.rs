//! Moments as Marqeta writes them: UTC, whole seconds.

use time::OffsetDateTime;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;

const SECOND: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");

/// `2025-06-03T18:20:11Z`.
pub(crate) fn format_second(moment: OffsetDateTime) -> String {
    moment.format(SECOND).unwrap_or_default()
}

/// The same with milliseconds, as `issuer_received_time` has it.
pub(crate) fn format_milli(moment: OffsetDateTime, milli: u64) -> String {
    let text = format_second(moment);
    format!("{}.{milli:03}Z", text.trim_end_matches('Z'))
}

/// Midnight of the day, as `settlement_date` has it.
pub(crate) fn format_midnight(moment: OffsetDateTime) -> String {
    format_second(moment.replace_time(time::Time::MIDNIGHT))
}
