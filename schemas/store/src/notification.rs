//! Notifications: accepted by the front, owed until applied or parked.

mod accept;
mod finish;
mod owner;
mod status;

pub use accept::{AcceptedItems, NewNotification, Parked};
pub use finish::{FinishedNotification, StoredNotification};
pub use owner::{Owner, Owners};
pub use status::NotificationStatus;

use crate::{StoreError, json};
use holdfast_ledger::token::{AccountToken, TransactionToken};

/// What identifies a notification: a transaction changes nothing but its state.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NotificationKey {
    /// The account it is stored for; what has no account is stored under its card, user or own token.
    pub account: AccountToken,
    /// The transaction.
    pub token: TransactionToken,
    /// Marqeta's state.
    pub state: String,
}

impl NotificationKey {
    pub(crate) fn read(account: &str, token: &str, state: String) -> Result<Self, StoreError> {
        Ok(Self {
            account: AccountToken::parse(account)
                .map_err(|error| json::unreadable_value("account token", &error))?,
            token: TransactionToken::parse(token)
                .map_err(|error| json::unreadable_value("transaction token", &error))?,
            state,
        })
    }
}
