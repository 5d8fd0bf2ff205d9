//! Times as texts: Marqeta's in, RFC 3339 out.

use holdfast_ledger::time::Moment;
use std::borrow::Cow;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Reads ISO 8601 with or without a fraction (`2025-06-03T18:20:11.204Z`); a missing zone is UTC, and so is
/// `+0000`. Digits below the millisecond are dropped.
#[must_use]
pub fn parse(text: &str) -> Option<Moment> {
    let read = OffsetDateTime::parse(&with_zone(text.trim()), &Rfc3339).ok()?;
    let millis = read.unix_timestamp_nanos().div_euclid(1_000_000);
    i64::try_from(millis).ok().map(Moment)
}

/// Reads what people write: a time as [`parse`] reads it, or a date, which is its midnight in UTC.
#[must_use]
pub fn parse_time_or_date(text: &str) -> Option<Moment> {
    parse(text).or_else(|| parse(&format!("{}T00:00:00Z", text.trim())))
}

/// Writes the day in UTC: `2025-06-03`.
#[must_use]
pub fn date_text(moment: Moment) -> String {
    let mut date = text(moment);
    date.truncate(10);
    date
}

fn with_zone(text: &str) -> Cow<'_, str> {
    let clock = text.get(11..).unwrap_or_default();
    if let Some(local) = text.strip_suffix("+0000") {
        Cow::Owned(format!("{local}Z"))
    } else if clock.contains(['Z', 'z', '+', '-']) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(format!("{text}Z"))
    }
}

/// Writes RFC 3339 in UTC with milliseconds: `2025-06-03T18:20:11.204Z`. Moments outside of the years 0 to
/// 9999 are written as the nearest one inside.
#[must_use]
pub fn text(moment: Moment) -> String {
    const FIRST: i64 = -62_167_219_200_000;
    const LAST: i64 = 253_402_300_799_999;
    let nanos = i128::from(moment.0.clamp(FIRST, LAST)) * 1_000_000;
    let at = OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        at.year(),
        u8::from(at.month()),
        at.day(),
        at.hour(),
        at.minute(),
        at.second(),
        at.millisecond()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_its_midnight() {
        let written = |input| parse_time_or_date(input).map(text);
        for (input, expected) in [
            ("2026-11-30", Some("2026-11-30T00:00:00.000Z")),
            ("2026-11-30T08:00:00Z", Some("2026-11-30T08:00:00.000Z")),
            ("2026-02-30", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(written(input).as_deref(), expected, "{input}");
        }
    }

    #[test]
    fn times_come_with_and_without_fraction_and_zone() {
        for (input, expected) in [
            ("2025-06-03T18:20:11Z", Some("2025-06-03T18:20:11.000Z")),
            (
                " 2025-06-03T18:20:11.204Z ",
                Some("2025-06-03T18:20:11.204Z"),
            ),
            (
                "2025-06-03T18:20:11.2049999Z",
                Some("2025-06-03T18:20:11.204Z"),
            ),
            (
                "2025-06-03T20:20:11+02:00",
                Some("2025-06-03T18:20:11.000Z"),
            ),
            ("2025-06-03T18:20:11+0000", Some("2025-06-03T18:20:11.000Z")),
            ("2025-06-03T18:20:11", Some("2025-06-03T18:20:11.000Z")),
            ("2025-06-03", None),
            ("2025-13-03T18:20:11Z", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(parse(input).map(text).as_deref(), expected, "{input}");
        }
    }

    #[test]
    fn the_ends_of_time_are_written_too() {
        assert_eq!(text(Moment(i64::MAX)), "9999-12-31T23:59:59.999Z");
        assert_eq!(text(Moment(i64::MIN)), "0000-01-01T00:00:00.000Z");
        assert_eq!(date_text(Moment(0)), "1970-01-01");
    }
}
