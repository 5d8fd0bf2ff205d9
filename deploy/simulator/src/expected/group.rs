//! The messages of one purchase, and their sum.

use rust_decimal::Decimal;
use time::OffsetDateTime;

use super::Tally;
use crate::{JitResponse, MessageKind, Transaction, TransactionState};

/// One purchase.
#[derive(Debug)]
pub(super) struct FundingGroup {
    account: String,
    currency: &'static str,
    messages: Vec<GroupMessage>,
    /// Notifications not delivered yet.
    pub(super) undelivered: usize,
    /// No further message will be created.
    pub(super) is_closed: bool,
}

#[derive(Debug)]
struct GroupMessage {
    token: String,
    kind: MessageKind,
    created: OffsetDateTime,
    last: bool,
    /// Requested, and the response is unknown.
    is_without_response: bool,
    /// The amount by the response.
    approved: Option<Decimal>,
    /// The amount by the delivered notification; `Some(None)`: it counts nothing.
    notified: Option<Option<Decimal>>,
}

impl FundingGroup {
    pub(super) fn new(first: &Transaction) -> Self {
        Self {
            account: first.account.token.to_string(),
            currency: first.account.currency.code(),
            messages: Vec::new(),
            undelivered: 0,
            is_closed: false,
        }
    }

    pub(super) fn tally_key(&self) -> (String, String) {
        (self.account.clone(), self.currency.to_owned())
    }

    pub(super) fn register_message(&mut self, of: &Transaction) {
        self.messages.push(GroupMessage {
            token: of.token.clone(),
            kind: of.kind,
            created: of.created,
            last: of.marks.final_release.is_some(),
            is_without_response: false,
            approved: None,
            notified: None,
        });
    }

    pub(super) fn record_response(&mut self, token: &str, response: &JitResponse) {
        for message in self
            .messages
            .iter_mut()
            .filter(|message| message.token == token)
        {
            message.is_without_response = !matches!(
                response,
                JitResponse::Approved { .. } | JitResponse::Declined { .. }
            );
            if let JitResponse::Approved { amount } = response {
                message.approved = Some(*amount);
            }
        }
    }

    pub(super) fn record_notification(
        &mut self,
        token: &str,
        state: TransactionState,
        amount: Decimal,
    ) {
        let counts = (!state.has_failed()).then_some(amount);
        for message in self
            .messages
            .iter_mut()
            .filter(|message| message.token == token)
        {
            message.notified = Some(counts);
        }
    }

    pub(super) fn count_uncertain(&self) -> usize {
        self.messages
            .iter()
            .filter(|message| message.is_without_response && message.notified.is_none())
            .count()
    }

    /// Sums the messages in the order of creation.
    pub(super) fn tally(&self) -> Tally {
        let mut messages: Vec<&GroupMessage> = self.messages.iter().collect();
        messages.sort_by_key(|message| message.created);
        let (mut held, mut cleared, mut posted) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        for message in messages {
            let Some(amount) = message.notified.unwrap_or(message.approved) else {
                continue;
            };
            match message.kind {
                MessageKind::Authorization | MessageKind::Increment => held += amount,
                MessageKind::Advice => held = amount - cleared,
                MessageKind::PartialReversal => held -= amount,
                MessageKind::Reversal | MessageKind::IssuerExpiration => held = Decimal::ZERO,
                MessageKind::Clearing => {
                    cleared += amount;
                    posted -= amount;
                    held = if message.last {
                        Decimal::ZERO
                    } else {
                        held - amount
                    };
                }
                MessageKind::ForceCapture
                | MessageKind::PinDebit
                | MessageKind::PinDebitCashBack => posted -= amount,
                MessageKind::Refund => posted += amount,
            }
            held = held.max(Decimal::ZERO);
        }
        Tally { posted, held }
    }
}
