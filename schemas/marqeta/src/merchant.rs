//! The merchant of a purchase: what rules and matching go by, and the name and city that a person recognises it
//! by. No street, no postal code, no telephone number (reference section 3.5).

pub mod original;

pub use original::{OriginalMoney, Settlement};

use holdfast_events::json::Object;
use std::fmt;

/// The merchant.
#[derive(Clone, PartialEq, Eq, Default)]
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

impl fmt::Debug for Merchant {
    /// Codes only: name and city say where the cardholder was, and belong into no log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Merchant")
            .field("mcc", &self.mcc)
            .field("mid", &self.mid)
            .field("country", &self.country)
            .finish_non_exhaustive()
    }
}

impl Merchant {
    /// Reads `card_acceptor`, in the names of both message models.
    pub(crate) fn read(acceptor: Option<&Object<'_>>) -> Self {
        let Some(acceptor) = acceptor else {
            return Self::default();
        };
        Self {
            mcc: acceptor.lenient_text("mcc"),
            mid: acceptor.lenient_text("mid"),
            country: acceptor
                .lenient_text("country_code")
                .or_else(|| acceptor.lenient_text("country")),
            name: acceptor.lenient_text("name"),
            city: acceptor.lenient_text("city"),
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
mod tests;
