//! Points in time, as Marqeta tells them: UTC, to the second or millisecond.

use serde::{Deserialize, Serialize};

/// A point in time in milliseconds since 1970 (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl From<i64> for Moment {
    fn from(millis: i64) -> Self {
        Self(millis)
    }
}

impl Moment {
    const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

    /// As people and machines read it: `2026-11-24T00:00:00Z`; milliseconds where the year is out of range.
    #[must_use]
    pub fn text(self) -> String {
        jiff::Timestamp::from_millisecond(self.0)
            .map_or_else(|_| format!("{} ms", self.0), |at| at.to_string())
    }

    /// The moment this many days later; the end of time where that cannot be said.
    #[must_use]
    pub fn plus_days(self, days: u16) -> Self {
        Self(
            self.0
                .saturating_add(i64::from(days).saturating_mul(Self::DAY_MILLIS)),
        )
    }

    /// The moment this many days earlier; the beginning of time where that cannot be said.
    #[must_use]
    pub fn minus_days(self, days: u16) -> Self {
        Self(
            self.0
                .saturating_sub(i64::from(days).saturating_mul(Self::DAY_MILLIS)),
        )
    }
}
