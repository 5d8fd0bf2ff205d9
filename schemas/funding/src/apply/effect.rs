//! What a stored notification does when it is applied.

use crate::dead_letter::ParkedBecause;
use holdfast_ledger::fact::Message;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_ledger::transition::Transition;

/// What applying a notification does.
pub(super) enum AppliedEffect {
    /// A fact of a hold.
    Book(Box<Message>),
    /// A card's state changed at Marqeta.
    Card(CardToken, Transition),
    /// A user's or business's state changed at Marqeta.
    Account(AccountToken, Transition),
    /// Nothing.
    Nothing,
    /// It cannot be applied.
    Park(ParkedBecause),
}
