//! The windows of a spending limit (reference section 9.1), in UTC or in the program's time zone.

use crate::time::Moment;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Over which time a limit counts. Marqeta's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Window {
    /// A single message; nothing is added up.
    Transaction,
    /// From midnight.
    Day,
    /// From midnight before Sunday.
    Week,
    /// From the first of the month.
    Month,
    /// From the first of January, April, July, October.
    Quarter,
    /// From the first of January.
    Year,
    /// From the creation of the control.
    Lifetime,
}

/// A period of time; `end` is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// The first moment.
    pub start: Moment,
    /// The first moment after it.
    pub end: Moment,
}

impl Period {
    /// Is the moment in it?
    #[must_use]
    pub fn contains(&self, at: Moment) -> bool {
        self.start <= at && at < self.end
    }

    /// Days of the calendar that are left at a moment in it, counting the moment's own. `None` where the period
    /// does not end.
    #[must_use]
    pub fn days_left(&self, at: Moment, zone: &Zone) -> Option<i64> {
        let [today, end] = [local_date(at, zone)?, local_date(self.end, zone)?];
        let days = today.until(end).ok()?.get_days();
        Some(i64::from(days).max(1))
    }
}

/// A time zone of the IANA database, such as `Europe/Prague`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// A text that names no time zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("is no time zone of the iana database, such as UTC or Europe/Prague")]
pub struct NoZone;

impl Default for Zone {
    fn default() -> Self {
        Self::utc()
    }
}

impl Zone {
    /// UTC, as Marqeta's own windows are.
    #[must_use]
    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// Reads a name such as `America/New_York`.
    ///
    /// # Errors
    /// [`NoZone`].
    pub fn parse(name: &str) -> Result<Self, NoZone> {
        match name {
            "UTC" => Ok(Self::utc()),
            // "local" depends on the machine; every process must count alike.
            name => TimeZone::get(name).map(Self).map_err(|_| NoZone),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }
}

impl Window {
    /// All windows, from the shortest.
    pub const ALL: [Self; 7] = [
        Self::Transaction,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Year,
        Self::Lifetime,
    ];

    /// Marqeta's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Transaction => "TRANSACTION",
            Self::Day => "DAY",
            Self::Week => "WEEK",
            Self::Month => "MONTH",
            Self::Quarter => "QUARTER",
            Self::Year => "YEAR",
            Self::Lifetime => "LIFETIME",
        }
    }

    /// The period of this window that the moment is in. `None` for those that the calendar does not know:
    /// TRANSACTION, LIFETIME, and moments outside the years that calendars are made for.
    #[must_use]
    pub fn period(self, at: Moment, zone: &Zone) -> Option<Period> {
        let date = local_date(at, zone)?;
        let first = match self {
            Self::Transaction | Self::Lifetime => return None,
            Self::Day => date,
            Self::Week => since_sunday(date)?,
            Self::Month => date.first_of_month(),
            Self::Quarter => {
                Date::new(date.year(), first_month_of_quarter(date.month()), 1).ok()?
            }
            Self::Year => date.first_of_year(),
        };
        let next = first.checked_add(self.fixed_length()?).ok()?;
        Some(Period {
            start: start_of_day(first, zone)?,
            end: start_of_day(next, zone)?,
        })
    }

    fn fixed_length(self) -> Option<Span> {
        let span = Span::new();
        match self {
            Self::Transaction | Self::Lifetime => None,
            Self::Day => Some(span.days(1)),
            Self::Week => Some(span.days(7)),
            Self::Month => Some(span.months(1)),
            Self::Quarter => Some(span.months(3)),
            Self::Year => Some(span.years(1)),
        }
    }
}

/// The day that the moment is in.
fn local_date(at: Moment, zone: &Zone) -> Option<Date> {
    let at = Timestamp::from_millisecond(at.0).ok()?;
    Some(at.to_zoned(zone.0.clone()).date())
}

fn since_sunday(date: Date) -> Option<Date> {
    let days = date.weekday().since(Weekday::Sunday);
    date.checked_sub(Span::new().days(days)).ok()
}

/// The first month of the month's quarter.
fn first_month_of_quarter(month: i8) -> i8 {
    month - (month - 1) % 3
}

/// The first moment of a day. Where a clock skips midnight (some zones spring forward then), the day begins
/// when the clock does.
fn start_of_day(date: Date, zone: &Zone) -> Option<Moment> {
    let begins = date.to_zoned(zone.0.clone()).ok()?;
    Some(Moment(begins.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment(text.parse::<Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        let prague = Zone::parse("Europe/Prague").unwrap();
        for (window, now, zone, days) in [
            (Window::Day, "2026-11-24T23:59:59Z", Zone::utc(), 1),
            (Window::Week, "2026-11-22T00:00:00Z", Zone::utc(), 7),
            (Window::Week, "2026-11-28T12:00:00Z", Zone::utc(), 1),
            (Window::Month, "2026-11-01T00:00:00Z", Zone::utc(), 30),
            (Window::Year, "2024-01-01T00:00:00Z", Zone::utc(), 366),
            // A day of 25 hours is one day, and November there begins an hour earlier.
            (Window::Day, "2026-10-24T22:00:00Z", prague.clone(), 1),
            (Window::Month, "2026-10-31T23:30:00Z", prague, 30),
        ] {
            let period = window.period(at(now), &zone).unwrap();
            assert_eq!(period.days_left(at(now), &zone), Some(days), "{now}");
        }
    }

    #[test]
    fn what_does_not_end_has_no_days() {
        let (start, end) = (Moment(0), Moment(i64::MAX));
        let period = Period { start, end };
        assert_eq!(period.days_left(start, &Zone::utc()), None);
    }
}
