//! Where the windows of spending limits begin and end (reference section 9.1).

use holdfast_ledger::control::{Window, Zone};
use holdfast_ledger::time::Moment;

/// Window, time zone, a moment -> the first moment of its period and the first after it, all in UTC.
const EDGES: &str = "
    DAY UTC 2026-11-24T00:00:00Z -> 2026-11-24T00:00:00Z 2026-11-25T00:00:00Z
    DAY UTC 2026-11-24T23:59:59.999Z -> 2026-11-24T00:00:00Z 2026-11-25T00:00:00Z
    DAY UTC 2024-02-29T12:00:00Z -> 2024-02-29T00:00:00Z 2024-03-01T00:00:00Z
    WEEK UTC 2026-11-22T00:00:00Z -> 2026-11-22T00:00:00Z 2026-11-29T00:00:00Z
    WEEK UTC 2026-11-21T23:59:59Z -> 2026-11-15T00:00:00Z 2026-11-22T00:00:00Z
    WEEK UTC 2026-01-01T10:00:00Z -> 2025-12-28T00:00:00Z 2026-01-04T00:00:00Z
    MONTH UTC 2024-02-29T23:59:59Z -> 2024-02-01T00:00:00Z 2024-03-01T00:00:00Z
    MONTH UTC 2026-12-31T23:59:59Z -> 2026-12-01T00:00:00Z 2027-01-01T00:00:00Z
    QUARTER UTC 2026-11-24T00:00:00Z -> 2026-10-01T00:00:00Z 2027-01-01T00:00:00Z
    QUARTER UTC 2026-03-31T23:59:59Z -> 2026-01-01T00:00:00Z 2026-04-01T00:00:00Z
    QUARTER UTC 2026-04-01T00:00:00Z -> 2026-04-01T00:00:00Z 2026-07-01T00:00:00Z
    YEAR UTC 2026-12-31T23:59:59.999Z -> 2026-01-01T00:00:00Z 2027-01-01T00:00:00Z
    YEAR UTC 2027-01-01T00:00:00Z -> 2027-01-01T00:00:00Z 2028-01-01T00:00:00Z
    DAY Europe/Prague 2026-11-23T23:00:00Z -> 2026-11-23T23:00:00Z 2026-11-24T23:00:00Z
    DAY Europe/Prague 2026-11-23T22:59:59Z -> 2026-11-22T23:00:00Z 2026-11-23T23:00:00Z
    DAY Europe/Prague 2026-03-29T12:00:00Z -> 2026-03-28T23:00:00Z 2026-03-29T22:00:00Z
    DAY Europe/Prague 2026-10-25T12:00:00Z -> 2026-10-24T22:00:00Z 2026-10-25T23:00:00Z
    WEEK Europe/Prague 2026-10-26T12:00:00Z -> 2026-10-24T22:00:00Z 2026-10-31T23:00:00Z
    MONTH America/New_York 2026-03-31T23:59:59Z -> 2026-03-01T05:00:00Z 2026-04-01T04:00:00Z
    DAY America/Sao_Paulo 2018-11-04T12:00:00Z -> 2018-11-04T03:00:00Z 2018-11-05T02:00:00Z
    YEAR Pacific/Auckland 2026-12-31T11:00:00Z -> 2026-12-31T11:00:00Z 2027-12-31T11:00:00Z
";

fn moment(text: &str) -> Moment {
    let at: jiff::Timestamp = text.parse().expect("a moment");
    Moment(at.as_millisecond())
}

#[test]
fn every_window_begins_and_ends_where_the_calendar_says() {
    for row in EDGES.trim().lines() {
        let words: Vec<&str> = row.split_whitespace().collect();
        let [window, zone, at, "->", start, end] = words[..] else {
            unreachable!("{row}");
        };
        let window = Window::ALL
            .into_iter()
            .find(|known| known.as_str() == window);
        let zone = Zone::parse(zone).expect("a zone");
        let period = window.expect("a window").period(moment(at), &zone);
        let period = period.expect("a period");
        assert_eq!(
            (period.start, period.end),
            (moment(start), moment(end)),
            "{row}"
        );
        assert!(
            period.contains(moment(at)) && !period.contains(period.end),
            "{row}"
        );
    }
}

#[test]
fn a_message_by_itself_and_a_lifetime_are_no_period_of_the_calendar() {
    for window in [Window::Transaction, Window::Lifetime] {
        assert_eq!(window.period(Moment(0), &Zone::utc()), None);
    }
    assert_eq!(Window::Day.period(Moment(i64::MAX), &Zone::utc()), None);
}

#[test]
fn a_zone_has_a_name_that_everybody_knows() {
    assert_eq!(
        Zone::parse("Europe/Prague").expect("a zone").name(),
        "Europe/Prague"
    );
    assert_eq!(Zone::default().name(), "UTC");
    for wrong in ["", "local", "Mars/Olympus", "+02:00"] {
        assert!(Zone::parse(wrong).is_err(), "{wrong}");
    }
}
