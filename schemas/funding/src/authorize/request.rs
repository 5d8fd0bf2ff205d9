//! A request with what is worked out of it alone, before its batch begins.

use crate::processor::AuthorizationRequest;
use holdfast_ledger::fact::Message;
use holdfast_ledger::money::Amount;
use holdfast_ledger::time::Moment;
use holdfast_ledger::usage::Use;
use std::sync::Arc;
use std::time::Instant;

/// A request that is to be decided.
#[derive(Debug)]
pub struct PreparedRequest {
    /// As it was read.
    pub request: Arc<AuthorizationRequest>,
    /// When it came, by the wall clock.
    pub received: Moment,
    /// When it came, for measuring.
    pub began: Instant,
    /// What it would use of velocity controls then; `None` when it spends nothing.
    pub usage: Option<Use>,
}

impl PreparedRequest {
    /// Works out what the request says, whatever the account looks like.
    #[must_use]
    pub fn new(request: AuthorizationRequest, received: Moment, began: Instant) -> Self {
        let usage = request.message.as_ref().and_then(|message| {
            let fact = &message.fact;
            let counts = fact.kind.spends() || fact.kind.gives();
            counts.then(|| Use::of_fact(fact, fact.currency, fact.amount, received))
        });
        Self {
            request: Arc::new(request),
            received,
            began,
            usage,
        }
    }

    /// The fact that an approval of this amount would be; `None` when nothing can be booked.
    #[must_use]
    pub fn message_of(&self, amount: Amount) -> Option<Message> {
        let mut message = self.request.message.clone()?;
        message.fact.amount = amount;
        Some(message)
    }
}
