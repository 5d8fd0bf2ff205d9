//! The merchant of a purchase: what rules and matching go by, and the name and city that a person recognises it
//! by. No street, no postal code, no telephone number (reference section 3.5).

pub mod original;

pub use original::OriginalMoney;

use holdfast_events::json::Object;
use holdfast_funding::processor::Merchant;

/// Reads `card_acceptor`, in the names of both message models.
pub(crate) fn read(acceptor: Option<&Object<'_>>) -> Merchant {
    let Some(acceptor) = acceptor else {
        return Merchant::default();
    };
    Merchant {
        mcc: acceptor.lenient_text("mcc"),
        mid: acceptor.lenient_text("mid"),
        country: acceptor
            .lenient_text("country_code")
            .or_else(|| acceptor.lenient_text("country")),
        name: acceptor.lenient_text("name"),
        city: acceptor.lenient_text("city"),
    }
}

/// The name as two messages of one chain have it alike: upper case, words of letters only, since the others
/// are numbers of branches and terminals. `None` where nothing is left.
#[must_use]
pub(crate) fn comparable_name(merchant: &Merchant) -> Option<String> {
    let name = merchant.name.as_deref()?.to_uppercase();
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
pub(crate) fn comparable_city(merchant: &Merchant) -> Option<String> {
    let city = merchant.city.as_deref()?.trim().to_uppercase();
    city.chars().any(char::is_alphabetic).then_some(city)
}

#[cfg(test)]
mod tests;
