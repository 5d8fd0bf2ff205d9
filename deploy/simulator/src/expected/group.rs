//! The messages of one purchase and what they come to.

use rust_decimal::Decimal;
use time::OffsetDateTime;

use super::Tally;
use crate::{Heard, Kind, State, Transaction};

/// One purchase.
#[derive(Debug)]
pub(super) struct Group {
    account: String,
    currency: &'static str,
    messages: Vec<Message>,
    /// Notifications on their way.
    pub(super) awaited: usize,
    /// Nothing more will be said.
    pub(super) over: bool,
}

#[derive(Debug)]
struct Message {
    token: String,
    kind: Kind,
    created: OffsetDateTime,
    last: bool,
    /// Asked, and the answer is not known.
    unheard: bool,
    /// What it counts for by our ears.
    heard: Option<Decimal>,
    /// What it counts for by the notification that arrived; `Some(None)`: for nothing.
    told: Option<Option<Decimal>>,
}

impl Group {
    pub(super) fn of(first: &Transaction) -> Self {
        Self {
            account: first.account.token.to_string(),
            currency: first.account.currency.code(),
            messages: Vec::new(),
            awaited: 0,
            over: false,
        }
    }

    pub(super) fn key(&self) -> (String, String) {
        (self.account.clone(), self.currency.to_owned())
    }

    pub(super) fn made(&mut self, of: &Transaction) {
        self.messages.push(Message {
            token: of.token.clone(),
            kind: of.kind,
            created: of.created,
            last: of.marks.final_release.is_some(),
            unheard: false,
            heard: None,
            told: None,
        });
    }

    pub(super) fn heard(&mut self, token: &str, heard: &Heard) {
        for message in self
            .messages
            .iter_mut()
            .filter(|message| message.token == token)
        {
            message.unheard = !matches!(heard, Heard::Approved { .. } | Heard::Declined { .. });
            if let Heard::Approved { amount } = heard {
                message.heard = Some(*amount);
            }
        }
    }

    pub(super) fn told(&mut self, token: &str, state: State, amount: Decimal) {
        let counts = (!state.failed()).then_some(amount);
        for message in self
            .messages
            .iter_mut()
            .filter(|message| message.token == token)
        {
            message.told = Some(counts);
        }
    }

    pub(super) fn uncertain(&self) -> usize {
        self.messages
            .iter()
            .filter(|message| message.unheard && message.told.is_none())
            .count()
    }

    /// Goes through the messages as they were made.
    pub(super) fn tally(&self) -> Tally {
        let mut messages: Vec<&Message> = self.messages.iter().collect();
        messages.sort_by_key(|message| message.created);
        let (mut held, mut cleared, mut posted) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        for message in messages {
            let Some(amount) = message.told.unwrap_or(message.heard) else {
                continue;
            };
            match message.kind {
                Kind::Authorization | Kind::Increment => held += amount,
                Kind::Advice => held = amount - cleared,
                Kind::PartialReversal => held -= amount,
                Kind::Reversal | Kind::IssuerExpiration => held = Decimal::ZERO,
                Kind::Clearing => {
                    cleared += amount;
                    posted -= amount;
                    held = if message.last {
                        Decimal::ZERO
                    } else {
                        held - amount
                    };
                }
                Kind::ForceCapture | Kind::PinDebit | Kind::PinDebitCashBack => posted -= amount,
                Kind::Refund => posted += amount,
            }
            held = held.max(Decimal::ZERO);
        }
        Tally { posted, held }
    }
}
