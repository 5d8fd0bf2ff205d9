//! A card notification (reference sections 3, 6 and 8): from its text to the normalised message.

use crate::catalog::{Classified, classify};
use crate::event::transaction_notice;
use crate::transaction::{Purpose, Transaction};
use holdfast_events::Topic;
use holdfast_events::json::FieldError;
use holdfast_funding::processor::{CardMessage, Content};

impl Transaction {
    /// Reads one item of an envelope's `transactions`.
    ///
    /// # Errors
    /// [`FieldError`] when it is no transaction at all: no object, a key twice at its top, no token.
    pub fn parse_notification(raw: &str) -> Result<Self, FieldError> {
        Self::parse(raw, Purpose::Notification)
    }

    /// The normalised message, and the topic of its event.
    #[must_use]
    pub fn normalise(self) -> (Topic, CardMessage) {
        let Classified {
            topic,
            effect,
            finding,
            ..
        } = classify(&self);
        let message = CardMessage {
            version: self.state.as_str().to_owned(),
            links: self.links(),
            account: self.account().cloned(),
            amount: self.jit.amount.or(self.amount),
            notice: transaction_notice(&self),
            token: self.token,
            state: self.state,
            transaction_type: self.transaction_type,
            cardholder: self.cardholder,
            card: self.card,
            created: self.created,
            merchant: self.merchant,
            effect,
            finding,
        };
        (topic, message)
    }
}

/// Reads and classifies one card notification: its fingerprint, its topic, its content.
pub(crate) fn read_card_message(raw: &str) -> Result<([u8; 32], Topic, Content), FieldError> {
    let transaction = Transaction::parse_notification(raw)?;
    let content_hash = transaction.notification_hash();
    let (topic, message) = transaction.normalise();
    Ok((content_hash, topic, Content::CardMessage(Box::new(message))))
}
