//! Transactions in Marqeta's shape: the JIT request, the notification, and its GPA transaction.
//!
//! Same fields, same types and the same oddities as Marqeta's own (strings where one expects
//! numbers, amounts as a JVM prints them), so that nothing passes here that would fail there.

mod attributes;
mod order;
mod outcome;
#[cfg(test)]
mod tests;
mod transaction_fields;

pub use outcome::MessageOutcome;

use crate::{Json, Transaction, TransactionState};

impl Transaction {
    /// The JIT request: the transaction itself, not wrapped.
    pub fn request(&self) -> Json {
        let state = match self.kind.success_state() {
            TransactionState::Completion => TransactionState::Completion,
            _ => TransactionState::Pending,
        };
        let mut message = transaction_fields::render_fields(self, self.amount, state);
        message.set(self.kind.order_field(), order::request_order(self, state));
        message
    }

    /// The item of a webhook envelope with the outcome of the message.
    pub fn notification(&self, outcome: &MessageOutcome) -> Json {
        let mut message = transaction_fields::render_fields(self, outcome.amount, outcome.state);
        if !outcome.state.has_failed() {
            let sign = if self.kind.is_credit() {
                outcome.amount
            } else {
                -outcome.amount
            };
            message.set("gpa", transaction_fields::render_gpa(self, Some(sign)));
            message.set("approval_code", attributes::trace_number(self).into());
        }
        message.set(
            self.kind.order_field(),
            order::notification_order(self, outcome),
        );
        message.set("response", outcome.render_response());
        message.set(
            "duration",
            Json::Raw(outcome.total_duration().as_millis().to_string()),
        );
        message.set("identifier", attributes::message_identifier(self).into());
        message
    }

    /// The `gpa.*` notification: Marqeta's own load of the account.
    pub fn gpa_transaction(&self, outcome: &MessageOutcome) -> Json {
        let mut message = self.notification(outcome);
        message.set("type", self.kind.gpa_type().into());
        message.set("token", (&self.gpa_token).into());
        message.set("network", "MARQETA".into());
        message.set("subnetwork", "GATEWAY_JIT".into());
        message.set("preceding_related_transaction_token", (&self.token).into());
        if !outcome.state.has_failed() {
            let sign = if self.kind.is_credit() {
                -outcome.amount
            } else {
                outcome.amount
            };
            message.set("gpa", transaction_fields::render_gpa(self, Some(sign)));
        }
        message.remove("card_acceptor");
        message.remove("approval_code");
        message
    }
}
