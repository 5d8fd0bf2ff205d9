//! How long an authorization holds money when the network does not say (reference section 9.3): by the
//! type of message, by the merchant's category, else the program's usual days.

use crate::money::Amount;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// One merchant category code, or a range of them: `7011`, `3501-3790`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MccRange {
    first: u16,
    last: u16,
}

/// A text that names no merchant category codes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("is no merchant category code of four digits, nor a range of two of them")]
pub struct NoMcc;

impl MccRange {
    const fn new(first: u16, last: u16) -> Self {
        Self { first, last }
    }

    /// Reads `7011` or `3501-3790`.
    ///
    /// # Errors
    /// [`NoMcc`].
    pub fn parse(text: &str) -> Result<Self, NoMcc> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let range = Self::new(code(first).ok_or(NoMcc)?, code(last).ok_or(NoMcc)?);
        if range.first <= range.last {
            Ok(range)
        } else {
            Err(NoMcc)
        }
    }

    /// Is the code one of these? A text that is no code is none of them.
    #[must_use]
    pub fn contains(self, mcc: &str) -> bool {
        code(mcc).is_some_and(|code| (self.first..=self.last).contains(&code))
    }

    fn mcc_count(self) -> u16 {
        self.last.saturating_sub(self.first)
    }
}

/// ISO 18245: four digits.
fn code(text: &str) -> Option<u16> {
    let is_code = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_code.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for MccRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{:04}", self.first)
        } else {
            write!(f, "{:04}-{:04}", self.first, self.last)
        }
    }
}

impl From<MccRange> for String {
    fn from(range: MccRange) -> Self {
        range.to_string()
    }
}

impl TryFrom<String> for MccRange {
    type Error = NoMcc;

    fn try_from(text: String) -> Result<Self, NoMcc> {
        Self::parse(&text)
    }
}

/// The program's table of days.
#[derive(Debug, Clone, Copy)]
pub struct HoldDays<'a> {
    /// Where nothing else is said.
    pub usual: u16,
    /// By transaction type; counts before the category.
    pub by_type: &'a BTreeMap<String, u16>,
    /// By merchant category; the narrowest range counts.
    pub by_mcc: &'a BTreeMap<MccRange, u16>,
    /// For a status check of 0 or 1 at a fuel pump, before the amount is known.
    pub status_check: u16,
}

/// Fuel: service stations and automated dispensers.
const FUEL: [&str; 2] = ["5541", "5542"];

/// What the industry does (reference section 9.3): lodging, car rental, mail order and cruises 30 days.
#[must_use]
pub fn industry_days_by_mcc() -> BTreeMap<MccRange, u16> {
    const LONG: [MccRange; 5] = [
        MccRange::new(3351, 3441),
        MccRange::new(3501, 3790),
        MccRange::new(4411, 4411),
        MccRange::new(5960, 5969),
        MccRange::new(7011, 7011),
    ];
    LONG.map(|range| (range, 30)).into()
}

impl HoldDays<'_> {
    /// Days that an authorization of this type, at a merchant of this category, over this amount lasts.
    #[must_use]
    pub fn of(
        &self,
        transaction_type: &str,
        mcc: Option<&str>,
        of_group: Option<u16>,
        amount: Amount,
    ) -> u16 {
        let mcc = mcc.unwrap_or_default();
        if FUEL.contains(&mcc) && amount <= Amount::ONE {
            return self.status_check;
        }
        let of_mcc = || {
            let ranges = self.by_mcc.iter().filter(|(range, _)| range.contains(mcc));
            ranges
                .min_by_key(|(range, _)| range.mcc_count())
                .map(|(_, days)| *days)
        };
        let of_type = self.by_type.get(transaction_type).copied();
        of_type.or(of_group).or_else(of_mcc).unwrap_or(self.usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_table<'a>(
        by_type: &'a BTreeMap<String, u16>,
        by_mcc: &'a BTreeMap<MccRange, u16>,
    ) -> HoldDays<'a> {
        HoldDays {
            usual: 7,
            by_type,
            by_mcc,
            status_check: 1,
        }
    }

    fn days_for(transaction_type: &str, mcc: &str, amount: &str) -> u16 {
        let (by_type, by_mcc) = (BTreeMap::new(), industry_days_by_mcc());
        let amount = Amount::parse(amount).unwrap();
        parse_table(&by_type, &by_mcc).of(transaction_type, Some(mcc), None, amount)
    }

    #[test]
    fn days_by_category() {
        for (mcc, expected) in [
            ("5411", 7),
            ("7011", 30),
            ("3500", 7),
            ("3501", 30),
            ("3790", 30),
            ("3791", 7),
            ("3351", 30),
            ("3441", 30),
            ("4411", 30),
            ("5969", 30),
            ("", 7),
            ("hotel", 7),
        ] {
            assert_eq!(days_for("authorization", mcc, "100.00"), expected, "{mcc}");
        }
    }

    #[test]
    fn a_fuel_status_check_lasts_a_day_and_a_tank_of_fuel_a_week() {
        assert_eq!(days_for("authorization", "5542", "1.00"), 1);
        assert_eq!(days_for("authorization", "5541", "0"), 1);
        assert_eq!(days_for("authorization", "5542", "1.01"), 7);
        assert_eq!(days_for("authorization", "5411", "1.00"), 7);
    }

    #[test]
    fn the_type_counts_before_the_category_and_the_narrowest_range_before_the_wider() {
        let by_type = BTreeMap::from([("refund.authorization".to_owned(), 10)]);
        let mut by_mcc = industry_days_by_mcc();
        by_mcc.insert(MccRange::parse("3600").unwrap(), 3);
        let nine = Amount::parse("9").unwrap();
        let of = |name, mcc| parse_table(&by_type, &by_mcc).of(name, Some(mcc), None, nine);
        let in_group =
            |name, mcc| parse_table(&by_type, &by_mcc).of(name, Some(mcc), Some(12), nine);
        assert_eq!(in_group("refund.authorization", "7011"), 10);
        assert_eq!(in_group("authorization", "3600"), 12);
        assert_eq!(of("refund.authorization", "7011"), 10);
        assert_eq!(of("authorization", "3600"), 3);
        assert_eq!(of("authorization", "3601"), 30);
    }

    #[test]
    fn ranges_are_read_and_written() {
        for text in ["0742", "3501-3790"] {
            assert_eq!(MccRange::parse(text).unwrap().to_string(), text);
        }
        for text in ["742", "hotel", "3790-3501", "3501-", "35010", "+501", ""] {
            assert_eq!(MccRange::parse(text), Err(NoMcc), "{text}");
        }
    }
}
