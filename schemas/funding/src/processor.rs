//! The seam to a card processor: what its adapter reads and writes, in words that every processor shares.
//!
//! - In: bytes become an [`AuthorizationRequest`], or [`Notifications`](Notification) with their normalised
//!   [`Content`]. What a processor's types, methods, states and tokens mean is decided there and nowhere else.
//! - Out: an [`Authorization`] becomes status and bytes, by the [`Responder`] that came with the request.
//!
//! Messages are identified by their token and state. A processor that numbers the changes of one object names each
//! version `TOKEN:VERSION` as a message, and its fact `TOKEN` with [`Fact::version`](holdfast_ledger::fact::Fact): the
//! latest version counts. Tokens of several processors must differ: an adapter prefixes those that could collide.
//!
//! A second processor is one more implementation of [`Processor`]; no use case knows which one it serves.

#[cfg(test)]
pub(crate) mod fixture;
mod message;
mod normalised;
mod request;
mod response;
mod transition;

pub use message::{CardMessage, Finding, Merchant, MessageEffect};
pub use normalised::{Content, parse_normalised, render_normalised};
pub use request::{Action, AuthorizationRequest, amount_text};
pub use response::{
    Authorization, AuthorizationOutcome, CurrencyBalance, Responder, StoredResponse,
};
pub use transition::TransitionMessage;

use holdfast_events::Topic;
use std::fmt;

/// The adapter of one card processor.
pub trait Processor: fmt::Debug + Send + Sync {
    /// Reads the body of an authorization request.
    ///
    /// # Errors
    /// [`BadRequest`] for a body that is no request of this processor's; it is answered 400 and stored nowhere.
    fn read_request(&self, body: &[u8]) -> Result<AuthorizationRequest, BadRequest>;

    /// Splits the body of a delivery into notifications, each parsed and classified once. One that cannot be
    /// read is [`Content::Unreadable`] and harms no other.
    ///
    /// # Errors
    /// [`BadRequest`] for a body that is no delivery at all.
    fn read_notifications(&self, body: &[u8]) -> Result<Vec<Notification>, BadRequest>;

    /// Normalises the stored text of one notification again, for a replay.
    fn normalise(&self, family: &str, raw: &str) -> Content;

    /// The HTTP header that carries the signature of a delivery.
    fn signature_header(&self) -> &'static str;

    /// Does the signature belong to these bytes? Compared in constant time.
    fn verify_signature(&self, secret: &[u8], signature: Option<&str>, body: &[u8]) -> bool;

    /// A stored response as operators may see it, without personal data that it repeats. `None` when it is no
    /// response of this adapter's: then nothing of it may be shown.
    fn redact_response(&self, body: &str) -> Option<String>;

    /// Every decline reason as this processor writes it: the labels of a counter that exists before the first decline.
    fn decline_reasons(&self) -> Vec<&'static str>;
}

/// One notification of a delivery.
#[derive(Debug, Clone)]
pub struct Notification {
    /// Its family in the delivery, such as `transactions`.
    pub family: String,
    /// The text as it was sent.
    pub raw: Raw,
    /// SHA-256 of what the books could depend on; a repeat with another one is kept and raises an alert.
    pub content_hash: [u8; 32],
    /// Where its event is published.
    pub topic: Topic,
    /// What it says.
    pub content: Content,
}

/// A text as it was sent. It may hold personal data, so `Debug` never shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Raw(pub Box<str>);

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raw({} bytes)", self.0.len())
    }
}

/// A body that cannot be read: answered 400 with `{"error":{"code","message","field"}}` (interface section 3),
/// stored nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRequest {
    /// `not_json`, `not_an_object`, `repeated_key`, `missing_field`, `invalid_field`, `invalid_amount`.
    pub code: &'static str,
    /// What was attempted and why it failed; no content of the message.
    pub message: String,
    /// Dotted path of the field, such as `gpa_order.jit_funding.amount`.
    pub field: Option<String>,
}
