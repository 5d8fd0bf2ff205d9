//! Countries, by the three codes that messages use (reference sections 3.5 and 3.6).

mod table;

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error};
use std::fmt;
use table::{Codes, TABLE};

/// A country of ISO 3166-1. It is written with its alpha-3 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "&'static str")]
pub struct Country(&'static str);

/// A text that names no country.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("is no country code of iso 3166-1, such as USA")]
pub struct NoCountry;

impl Country {
    /// Reads a code: alpha-3 as Marqeta's newer messages have it (`USA`), alpha-2 (`US `) and numeric
    /// (`840`) as the older ones and terminals do. `None` when ISO 3166-1 does not know it.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let code = code.trim();
        let upper = code.to_ascii_uppercase();
        let found = match code.len() {
            2 => TABLE.iter().find(|(_, alpha2, _)| *alpha2 == upper),
            3 if code.bytes().all(|byte| byte.is_ascii_digit()) => {
                let number: u16 = code.parse().ok()?;
                TABLE.iter().find(|(_, _, numeric)| *numeric == number)
            }
            3 => by_alpha3(&upper),
            _ => None,
        };
        found.map(|(alpha3, _, _)| Self(alpha3))
    }

    /// The alpha-3 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0
    }
}

fn by_alpha3(code: &str) -> Option<&'static Codes> {
    let at = TABLE.binary_search_by(|(alpha3, _, _)| (*alpha3).cmp(code));
    TABLE.get(at.ok()?)
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl From<Country> for &'static str {
    fn from(country: Country) -> Self {
        country.0
    }
}

impl TryFrom<String> for Country {
    type Error = NoCountry;

    /// Rules are written with alpha-3 codes only, so that each country has one name.
    fn try_from(code: String) -> Result<Self, NoCountry> {
        by_alpha3(&code)
            .map(|(alpha3, _, _)| Self(alpha3))
            .ok_or(NoCountry)
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_read_and_every_country_is_there_once() {
        assert!(TABLE.windows(2).all(|two| two[0].0 < two[1].0));
        assert_eq!(TABLE.len(), 250);
        for (alpha3, alpha2, number) in TABLE {
            for code in [alpha3, alpha2, &*format!("{number:03}")] {
                assert_eq!(Country::parse(code), Some(Country(alpha3)), "{code}");
            }
        }
    }

    #[test]
    fn padding_and_small_letters_are_read_and_nonsense_is_not() {
        for (text, code) in [
            ("US ", Some("USA")),
            (" usa", Some("USA")),
            ("840", Some("USA")),
            ("004", Some("AFG")),
            ("QQQ", None),
            ("000", None),
            ("+40", None),
            ("", None),
            ("É", None),
            ("United States", None),
        ] {
            assert_eq!(Country::parse(text).map(Country::code), code, "{text}");
        }
        assert!(Country::try_from("US".to_owned()).is_err());
    }
}
