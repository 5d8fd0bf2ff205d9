//! Where a purchase was made (reference section 3.5): the merchant, never the cardholder.

pub mod original;

pub use original::{OriginalMoney, Settlement};

use crate::json::Object;

/// The merchant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merchant {
    /// Merchant category code, four digits such as `5411`.
    pub mcc: Option<String>,
    /// The merchant's number at its acquirer.
    pub mid: Option<String>,
    /// Name as the network sends it, without the padding.
    pub name: Option<String>,
    /// City as the network sends it, without the padding.
    pub city: Option<String>,
    /// Country, alpha-3 in the newer message model (`USA`).
    pub country: Option<String>,
}

impl Merchant {
    /// Reads `card_acceptor`, in the names of both message models.
    pub(crate) fn read(acceptor: Option<&Object<'_>>) -> Self {
        let Some(acceptor) = acceptor else {
            return Self::default();
        };
        Self {
            mcc: acceptor.loose_text("mcc"),
            mid: acceptor.loose_text("mid"),
            name: acceptor.loose_text("name"),
            city: acceptor.loose_text("city"),
            country: acceptor
                .loose_text("country_code")
                .or_else(|| acceptor.loose_text("country")),
        }
    }
}

impl Merchant {
    /// The name as two messages of one chain have it alike: upper case, words of letters only, since the others
    /// are numbers of branches and terminals. `None` where nothing is left.
    #[must_use]
    pub fn comparable_name(&self) -> Option<String> {
        let name = self.name.as_deref()?.to_uppercase();
        let words = name.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
        let is_word = |word: &&str| word.chars().all(|letter| !letter.is_numeric());
        let words: Vec<&str> = words
            .filter(|word| !word.is_empty())
            .filter(is_word)
            .collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// The city in upper case. `None` where it is not stated, or is a telephone number, as with merchants on the
    /// Internet.
    #[must_use]
    pub fn comparable_city(&self) -> Option<String> {
        let city = self.city.as_deref()?.trim().to_uppercase();
        city.chars().any(char::is_alphabetic).then_some(city)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_chain_compare_alike() {
        let named = |name: &str| Merchant {
            name: Some(name.to_owned()),
            ..Merchant::default()
        };
        for name in [
            "SHELL OIL 57444",
            "Shell Oil #12",
            "shell  oil",
            "SHELL-OIL 004",
        ] {
            assert_eq!(named(name).comparable_name().as_deref(), Some("SHELL OIL"));
        }
        assert_eq!(named("7 11").comparable_name(), None);
        assert_eq!(Merchant::default().comparable_name(), None);
    }

    #[test]
    fn a_telephone_number_is_no_city() {
        let of = |city: &str| Merchant {
            city: Some(city.to_owned()),
            ..Merchant::default()
        };
        assert_eq!(of("Oakland ").comparable_city().as_deref(), Some("OAKLAND"));
        assert_eq!(of("800-555-0100").comparable_city(), None);
    }
}
