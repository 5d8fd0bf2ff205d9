//! How a purchase is made, as far as rules ask for it (reference sections 3.5 to 3.7, 9.4 and 9.5). What a
//! message does not say is not known, and no rule refuses for it but one that only allows what is known.

use super::Country;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a purchase is made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TransactionAttributes {
    /// The ways that it is known to use.
    pub channels: Channels,
    /// The merchant's country, else the terminal's.
    pub country: Option<Country>,
    /// What the network thinks of it, as far as it says so.
    pub scores: BTreeMap<RiskScore, u32>,
    /// Did the cardholder prove who they are?
    pub authentication: Authentication,
}

/// A way to pay that a rule may close. A purchase may use several at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// In a shop on the Internet.
    Ecommerce,
    /// By holding card or phone to the terminal.
    Contactless,
    /// By the magnetic stripe, also where the chip has failed.
    MagneticStripe,
    /// Cash from a machine.
    Atm,
    /// In another country than the home country of the rules.
    Abroad,
    /// Again and again, as was once agreed.
    Recurring,
    /// What is as good as cash: chips of a casino, cryptocurrency, money orders.
    QuasiCash,
}

impl Channel {
    /// All of them, in order.
    pub const ALL: [Self; 7] = [
        Self::Ecommerce,
        Self::Contactless,
        Self::MagneticStripe,
        Self::Atm,
        Self::Abroad,
        Self::Recurring,
        Self::QuasiCash,
    ];

    /// As rules write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ecommerce => "ecommerce",
            Self::Contactless => "contactless",
            Self::MagneticStripe => "magnetic_stripe",
            Self::Atm => "atm",
            Self::Abroad => "abroad",
            Self::Recurring => "recurring",
            Self::QuasiCash => "quasi_cash",
        }
    }

    fn channel_bit(self) -> u8 {
        1 << (self as u8)
    }
}

/// The channels of one purchase; a set that costs nothing to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Channels(u8);

impl Channels {
    /// Adds one.
    pub fn insert(&mut self, channel: Channel) {
        self.0 |= channel.channel_bit();
    }

    /// Is it one of these?
    #[must_use]
    pub fn contains(self, channel: Channel) -> bool {
        self.0 & channel.channel_bit() != 0
    }

    /// These, in order.
    pub fn iter(self) -> impl Iterator<Item = Channel> {
        Channel::ALL
            .into_iter()
            .filter(move |channel| self.contains(*channel))
    }
}

impl FromIterator<Channel> for Channels {
    fn from_iter<T: IntoIterator<Item = Channel>>(channels: T) -> Self {
        let mut all = Self::default();
        channels.into_iter().for_each(|channel| all.insert(channel));
        all
    }
}

/// What a network says of how risky a purchase is: higher is worse. Marqeta's names in `fraud.network`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RiskScore {
    /// This transaction: Visa 1 to 99, Mastercard 0 to 999.
    #[serde(rename = "transaction_risk_score")]
    Transaction,
    /// The card's account (Visa).
    #[serde(rename = "account_risk_score")]
    Account,
    /// This transaction, where the card is not there.
    #[serde(rename = "card_not_present_transaction_risk_score")]
    CardNotPresent,
    /// Are card numbers tried out? (Visa); 0 is "not enough data".
    #[serde(rename = "transaction_account_attack_intelligence_score")]
    AccountAttack,
    /// Digital identity, 0 to 9 (Mastercard).
    #[serde(rename = "dii_score")]
    DigitalIdentity,
}

impl RiskScore {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [
        Self::Transaction,
        Self::Account,
        Self::CardNotPresent,
        Self::AccountAttack,
        Self::DigitalIdentity,
    ];

    /// Marqeta's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Transaction => "transaction_risk_score",
            Self::Account => "account_risk_score",
            Self::CardNotPresent => "card_not_present_transaction_risk_score",
            Self::AccountAttack => "transaction_account_attack_intelligence_score",
            Self::DigitalIdentity => "dii_score",
        }
    }
}

/// What came of 3-D Secure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Authentication {
    /// Nothing is said of it.
    #[default]
    Unknown,
    /// It was not tried, or left out by an exemption.
    Not,
    /// It was tried and failed.
    Failed,
    /// The merchant tried it; the issuer took no part.
    Attempted,
    /// The cardholder has proved who they are.
    Successful,
}

impl Authentication {
    /// As it is shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Not => "not done",
            Self::Failed => "failed",
            Self::Attempted => "attempted",
            Self::Successful => "successful",
        }
    }
}
