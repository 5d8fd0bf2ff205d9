//! A request with what is worked out of it alone, before its batch begins.

use holdfast_ledger::fact::Message;
use holdfast_ledger::money::Amount;
use holdfast_ledger::time::Moment;
use holdfast_ledger::usage::Use;
use holdfast_marqeta::{JitRequest, request_message};
use std::sync::Arc;
use std::time::Instant;

/// A request that is to be decided.
#[derive(Debug, Clone)]
pub struct PreparedRequest {
    /// As it was read.
    pub request: Arc<JitRequest>,
    /// When it came, by the wall clock.
    pub received: Moment,
    /// When it came, for measuring.
    pub began: Instant,
    /// The same for the same content (interface section 3).
    pub content_hash: [u8; 32],
    /// The fact that an approval of the whole amount would be; `None` when nothing can be booked.
    pub message: Option<Message>,
    /// What it would use of velocity controls then; `None` when it spends nothing.
    pub usage: Option<Use>,
}

impl PreparedRequest {
    /// Works out what the request says, whatever the account looks like.
    #[must_use]
    pub fn new(request: JitRequest, received: Moment, began: Instant) -> Self {
        let message = request_message(&request);
        let usage = message.as_ref().and_then(|message| {
            let fact = &message.fact;
            let counts = fact.kind.spends() || fact.kind.gives();
            counts.then(|| Use::of_fact(fact, fact.currency, fact.amount, received))
        });
        Self {
            content_hash: request.canonical_hash(),
            request: Arc::new(request),
            received,
            began,
            message,
            usage,
        }
    }

    /// The fact that an approval of this amount would be; `None` when nothing can be booked.
    #[must_use]
    pub fn message_of(&self, amount: Amount) -> Option<Message> {
        let mut message = self.message.clone()?;
        message.fact.amount = amount;
        Some(message)
    }
}
