//! Reads how a purchase is made from wherever either message model tells it (reference sections 3.5 to 3.7,
//! 9.4 and 9.5). All of these lists are open and any field may be missing or odd: nothing here is an error,
//! what cannot be read is not known.

use holdfast_events::json::Object;
use holdfast_funding::processor::Merchant;
use holdfast_ledger::control::{
    Authentication, Channel, Channels, Country, RiskScore, TransactionAttributes,
};
use holdfast_ledger::money::Amount;
use std::collections::BTreeMap;

/// How the card was used, as far as the message says so; for information alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CardUse {
    /// How the card number was entered, such as `CHIP_CONTACTLESS`.
    pub entry_mode: Option<String>,
    /// The card was present.
    pub card_present: Option<bool>,
    /// It is one of a series.
    pub recurring: Option<bool>,
    /// What came of 3-D Secure.
    pub authentication: Authentication,
}

/// The parts of a message that say how a purchase is made.
struct AttributeSources<'a> {
    transaction_type: &'a str,
    /// `pos`, and what the older model has in its place: `card_acceptor.poi`.
    terminals: [Option<Object<'a>>; 2],
    metadata: Option<Object<'a>>,
}

/// Reads them all.
pub(crate) fn read(
    top: &Object<'_>,
    acceptor: Option<&Object<'_>>,
    transaction_type: &str,
    merchant: &Merchant,
) -> TransactionAttributes {
    let sources = AttributeSources {
        transaction_type,
        terminals: [
            read_part(top, "pos"),
            acceptor.and_then(|acceptor| read_part(acceptor, "poi")),
        ],
        metadata: read_part(top, "transaction_metadata"),
    };
    let network = read_part(top, "fraud").and_then(|fraud| read_part(&fraud, "network"));
    TransactionAttributes {
        channels: sources.channels(),
        country: read_country(merchant, &sources),
        scores: network
            .map(|network| read_scores(&network))
            .unwrap_or_default(),
        authentication: read_part(top, "cardholder_authentication_data")
            .map(|proof| read_authentication(&proof))
            .unwrap_or_default(),
    }
}

/// Reads how the card was used, for information alone.
pub(crate) fn read_card_use(top: &Object<'_>, acceptor: Option<&Object<'_>>) -> CardUse {
    let terminals = [
        read_part(top, "pos"),
        acceptor.and_then(|acceptor| read_part(acceptor, "poi")),
    ];
    let flag = |name: &str| {
        let mut terminals = terminals.iter().flatten();
        terminals.find_map(|terminal| terminal.flag(name).ok().flatten())
    };
    let mut entered = terminals.iter().flatten();
    CardUse {
        entry_mode: entered.find_map(|terminal| read_word(terminal, "pan_entry_mode")),
        card_present: flag("card_presence"),
        recurring: flag("is_recurring"),
        authentication: read_part(top, "cardholder_authentication_data")
            .map(|proof| read_authentication(&proof))
            .unwrap_or_default(),
    }
}

/// An object one level deeper; none where it is something else.
fn read_part<'a>(object: &Object<'a>, name: &str) -> Option<Object<'a>> {
    object.object(name).ok().flatten()
}

/// A word of an open list: upper case, `_` between its parts.
fn read_word(object: &Object<'_>, name: &str) -> Option<String> {
    let text = object.lenient_text(name)?;
    Some(text.to_ascii_uppercase().replace(['-', ' '], "_"))
}

impl AttributeSources<'_> {
    fn channels(&self) -> Channels {
        Channel::ALL
            .into_iter()
            .filter(|channel| self.uses(*channel))
            .collect()
    }

    fn uses(&self, channel: Channel) -> bool {
        match channel {
            Channel::Ecommerce => self.pays_by(&["ECOMMERCE", "E_COMMERCE", "INTERNET"]),
            Channel::Contactless => self.enters(&["CHIP_CONTACTLESS", "MAG_STRIPE_CONTACTLESS"]),
            // A contactless card can imitate a stripe; that is not a stripe that was drawn and can be copied.
            Channel::MagneticStripe => self.enters(&["MAG_STRIPE", "CHIP_FALLBACK"]),
            Channel::Atm => self.is_of_type(".atm.withdrawal") || self.pays_by(&["ATM"]),
            Channel::Abroad => self.is_cross_border(),
            Channel::Recurring => {
                self.is_set("is_recurring")
                    || self.says("transaction_initiated_category", &["RECURRING_PAYMENT"])
            }
            Channel::QuasiCash => {
                let conditions = ["QUASI_CASH", "CRYPTOCURRENCY_PURCHASE"];
                self.is_of_type(".quasi.cash")
                    || self.says("special_condition_indicator", &conditions)
            }
        }
    }

    fn is_of_type(&self, end: &str) -> bool {
        self.transaction_type.to_ascii_lowercase().ends_with(end)
    }

    fn pays_by(&self, channels: &[&str]) -> bool {
        let metadata = self.metadata.as_ref();
        let channel = metadata.and_then(|metadata| read_word(metadata, "payment_channel"));
        channel.is_some_and(|channel| channels.contains(&channel.as_str()))
            || self.says("channel", channels)
    }

    fn enters(&self, modes: &[&str]) -> bool {
        self.says("pan_entry_mode", modes)
    }

    fn is_cross_border(&self) -> bool {
        let metadata = self.metadata.as_ref();
        metadata.is_some_and(|metadata| is_set(metadata, "cross_border_transaction"))
    }

    /// Does a terminal say one of these words?
    fn says(&self, name: &str, words: &[&str]) -> bool {
        let mut terminals = self.terminals.iter().flatten();
        terminals.any(|terminal| {
            read_word(terminal, name).is_some_and(|word| words.contains(&word.as_str()))
        })
    }

    fn is_set(&self, name: &str) -> bool {
        let mut terminals = self.terminals.iter().flatten();
        terminals.any(|terminal| is_set(terminal, name))
    }
}

fn is_set(object: &Object<'_>, name: &str) -> bool {
    matches!(object.flag(name), Ok(Some(true)))
}

/// The merchant's; only where nothing can be made of that, the terminal's.
fn read_country(merchant: &Merchant, sources: &AttributeSources<'_>) -> Option<Country> {
    let merchants = merchant.country.as_deref().and_then(Country::parse);
    merchants.or_else(|| {
        let mut terminals = sources.terminals.iter().flatten();
        terminals.find_map(|terminal| Country::parse(&terminal.lenient_text("country_code")?))
    })
}

/// Scores are numbers or texts, such as `97`, `"00"` and `"9 "`. Decimals say nothing.
fn read_scores(network: &Object<'_>) -> BTreeMap<RiskScore, u32> {
    let scores = RiskScore::ALL.into_iter().filter_map(|score| {
        let text = network.lenient_text(score.as_str())?;
        let points = Amount::parse(&text).ok()?.value().trunc();
        Some((score, u32::try_from(points).ok()?))
    });
    scores.collect()
}

/// What came of 3-D Secure. A proof that the network could not verify is none.
fn read_authentication(proof: &Object<'_>) -> Authentication {
    let indicator = read_word(proof, "electronic_commerce_indicator");
    let status = read_word(proof, "authentication_status");
    let says = |name: &str| {
        [&indicator, &status]
            .into_iter()
            .flatten()
            .any(|word| word.strip_prefix("AUTHENTICATION_").unwrap_or(word) == name)
    };
    if read_word(proof, "verification_result").as_deref() == Some("FAILED") || says("FAILED") {
        Authentication::Failed
    } else if says("SUCCESSFUL") {
        Authentication::Successful
    } else if says("ATTEMPTED") {
        Authentication::Attempted
    } else if indicator.is_some() || status.is_some() {
        Authentication::Not
    } else {
        Authentication::Unknown
    }
}

#[cfg(test)]
mod tests;
