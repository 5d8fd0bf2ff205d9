//! A card message as the use cases see it: normalised once, stored beside its raw text, read by workers and
//! views.

use holdfast_events::Notice;
use holdfast_ledger::alert::{AlertAmounts, AlertKind};
use holdfast_ledger::fact::{Fact, Links, Message, Role, State};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken, TransactionToken};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One transaction in one state. Only the token is certain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardMessage {
    /// The message's own token.
    pub token: TransactionToken,
    /// With the token it identifies the notification: the state, or a number that grows with each change.
    pub version: String,
    /// Where the transaction stands.
    pub state: State,
    /// The processor's name for the kind of transaction; empty when it is missing.
    pub transaction_type: String,
    /// The funding account that the message itself names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountToken>,
    /// The cardholder's account, where nothing better is known: a last resort.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cardholder: Option<AccountToken>,
    /// The card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<CardToken>,
    /// The tokens that tie it to other messages.
    pub links: Links,
    /// The amount that the account funds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// When the processor created it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<Moment>,
    /// The merchant.
    #[serde(default, skip_serializing_if = "Merchant::is_unknown")]
    pub merchant: Merchant,
    /// What it means for the books.
    pub effect: MessageEffect,
    /// What needs review of the message by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
    /// What is published of it.
    pub notice: Notice,
}

/// What a card message means for the books.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageEffect {
    /// A fact of a hold. A cancelled one too: it takes back what we decided.
    Book {
        /// The fact.
        fact: Box<Fact>,
        /// May it begin a hold of its own?
        role: Role,
    },
    /// The processor keeps the money in a balance of its own. Booked only where the program says so
    /// (`book_credits_without_jit`).
    KeptByProcessor {
        /// The fact that it would be.
        fact: Box<Fact>,
        /// May it begin a hold of its own?
        role: Role,
        /// Why nothing is booked, without a full stop.
        because: String,
        /// The alert where nothing is booked.
        finding: Finding,
    },
    /// Nothing; why, without a full stop.
    Nothing(String),
    /// It moves money, and what it says cannot be read: to be parked, never guessed.
    Unbookable(String),
}

/// What needs review of a message: an alert without its account and time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The kind of alert.
    pub kind: AlertKind,
    /// What happened, one sentence.
    pub detail: String,
    /// What was expected and what was booked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amounts: Option<AlertAmounts>,
}

impl Finding {
    /// A finding without amounts.
    #[must_use]
    pub fn new(kind: AlertKind, detail: String) -> Self {
        Self {
            kind,
            detail,
            amounts: None,
        }
    }

    /// The same with what was expected and what was booked.
    #[must_use]
    pub fn with_amounts(self, currency: Currency, expected: Amount, booked: Amount) -> Self {
        Self {
            amounts: Some(AlertAmounts {
                currency,
                expected: Some(expected.credit()),
                booked: Some(booked.credit()),
            }),
            ..self
        }
    }
}

/// The merchant as a person recognises it, and as matching and rules know it.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Merchant {
    /// Merchant category code, four digits such as `5411`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mcc: Option<String>,
    /// The merchant's number at its acquirer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mid: Option<String>,
    /// Name as the network sends it, without the padding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// City as the network sends it, without the padding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Country, alpha-3 such as `USA`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

impl Merchant {
    /// Is nothing known of it?
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
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

impl CardMessage {
    /// Was the transaction declined, or did it fail?
    #[must_use]
    pub fn is_failed(&self) -> bool {
        matches!(self.state, State::Declined | State::Error)
    }

    /// The fact that is booked under this setting of the program, and its role.
    ///
    /// # Errors
    /// Why nothing is booked, without a full stop.
    pub fn booked_fact(&self, books_kept_credits: bool) -> Result<(&Fact, Role), &str> {
        match &self.effect {
            MessageEffect::Book { fact, role } => Ok((fact, *role)),
            MessageEffect::KeptByProcessor { fact, role, .. } if books_kept_credits => {
                Ok((fact, *role))
            }
            MessageEffect::KeptByProcessor { because, .. }
            | MessageEffect::Nothing(because)
            | MessageEffect::Unbookable(because) => Err(because),
        }
    }

    /// The same as a message of its own, to be stamped and planned.
    ///
    /// # Errors
    /// As [`CardMessage::booked_fact`].
    pub fn booked_message(&self, books_kept_credits: bool) -> Result<Message, &str> {
        let (fact, role) = self.booked_fact(books_kept_credits)?;
        Ok(Message {
            fact: fact.clone(),
            links: self.links.clone(),
            role,
        })
    }

    /// What needs review of it by itself under this setting of the program.
    #[must_use]
    pub fn finding(&self, books_kept_credits: bool) -> Option<&Finding> {
        match &self.effect {
            MessageEffect::KeptByProcessor { finding, .. } if !books_kept_credits => Some(finding),
            _ => self.finding.as_ref(),
        }
    }
}
