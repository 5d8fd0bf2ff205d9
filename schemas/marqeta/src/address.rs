//! The address check of a request (AVS, reference section 4.4), carried through unread.

use holdfast_events::json::Object;
use std::fmt;

/// The name of the block, in requests and in answers.
pub(crate) const FIELD: &str = "address_verification";

/// The block `jit_funding.address_verification` as it was sent: what the merchant received, and what Marqeta
/// makes of it. The response repeats it, so that Marqeta's own match result stands. It holds an address, so it
/// goes nowhere else: not into logs, events, summaries, or what operators see.
#[derive(Clone, PartialEq, Eq)]
pub struct AddressVerification(String);

impl AddressVerification {
    /// Takes it from the JIT block. What is in it is not looked at; what is no object is absent: it only informs.
    pub(crate) fn read(jit: &Object<'_>) -> Option<Self> {
        let raw = jit.raw(FIELD)?.get();
        raw.starts_with('{').then(|| Self(raw.to_owned()))
    }

    /// The JSON text, byte for byte.
    pub(crate) fn json(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AddressVerification {
    /// Never the content: it is personal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AddressVerification(..)")
    }
}
