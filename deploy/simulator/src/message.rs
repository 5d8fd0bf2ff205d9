//! Transactions in Marqeta's shape: the JIT request, the notification, and its twin.
//!
//! Same fields, same types and the same oddities as Marqeta's own (strings where one expects
//! numbers, amounts as a JVM prints them), so that nothing passes here that would fail there.

mod frame;
mod order;
mod outcome;
mod surroundings;
#[cfg(test)]
mod tests;

pub use outcome::Outcome;

use crate::{Json, State, Transaction};

impl Transaction {
    /// The JIT request: the transaction itself, not wrapped.
    pub fn request(&self) -> Json {
        let state = match self.kind.success() {
            State::Completion => State::Completion,
            _ => State::Pending,
        };
        let mut message = frame::frame(self, self.amount, state);
        message.set(self.kind.order_field(), order::asking(self, state));
        message
    }

    /// The item of a webhook envelope that tells what became of the message.
    pub fn notification(&self, outcome: &Outcome) -> Json {
        let mut message = frame::frame(self, outcome.amount, outcome.state);
        if !outcome.state.failed() {
            let sign = if self.kind.gives() {
                outcome.amount
            } else {
                -outcome.amount
            };
            message.set("gpa", frame::gpa(self, Some(sign)));
            message.set("approval_code", surroundings::trace(self).into());
        }
        message.set(self.kind.order_field(), order::told(self, outcome));
        message.set("response", outcome.response());
        message.set(
            "duration",
            Json::Raw(outcome.duration().as_millis().to_string()),
        );
        message.set("identifier", surroundings::identifier(self).into());
        message
    }

    /// The `gpa.*` double of the notification: Marqeta's own load of the account, told as well.
    pub fn twin(&self, outcome: &Outcome) -> Json {
        let mut message = self.notification(outcome);
        message.set("type", self.kind.twin_type().into());
        message.set("token", (&self.twin_token).into());
        message.set("network", "MARQETA".into());
        message.set("subnetwork", "GATEWAY_JIT".into());
        message.set("preceding_related_transaction_token", (&self.token).into());
        if !outcome.state.failed() {
            let sign = if self.kind.gives() {
                -outcome.amount
            } else {
                outcome.amount
            };
            message.set("gpa", frame::gpa(self, Some(sign)));
        }
        message.remove("card_acceptor");
        message.remove("approval_code");
        message
    }
}
