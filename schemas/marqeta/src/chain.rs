//! The network's own chain of messages (reference section 3.1): a link of last resort.

use holdfast_events::json::Object;
use holdfast_ledger::token::NetworkToken;

/// The chain that a message names; its own where it does not follow another one. What cannot be read links
/// nothing.
pub(crate) fn network_chain(top: &Object<'_>) -> Option<NetworkToken> {
    let named = |name| top.token(name, NetworkToken::parse).unwrap_or_default();
    named("original_network_transaction_lifecycle_id")
        .or_else(|| named("network_transaction_lifecycle_id"))
}
