//! Moments as Marqeta writes them: UTC, whole seconds.

use time::OffsetDateTime;

/// `2025-06-03T18:20:11Z`.
pub(crate) fn format_second(moment: OffsetDateTime) -> String {
    format!(
        "{}T{:02}:{:02}:{:02}Z",
        format_day(moment),
        moment.hour(),
        moment.minute(),
        moment.second()
    )
}

/// The same with milliseconds, as `issuer_received_time` has it.
pub(crate) fn format_milli(moment: OffsetDateTime, milli: u64) -> String {
    let text = format_second(moment);
    format!("{}.{milli:03}Z", text.trim_end_matches('Z'))
}

/// Midnight of the day, as `settlement_date` has it.
pub(crate) fn format_midnight(moment: OffsetDateTime) -> String {
    format!("{}T00:00:00Z", format_day(moment))
}

fn format_day(moment: OffsetDateTime) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        moment.year(),
        u8::from(moment.month()),
        moment.day()
    )
}
