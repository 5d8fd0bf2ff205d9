//! Accepting notifications: every item of an envelope is stored with its event, before Marqeta gets its 200.
//! Nothing is applied here, and no item harms another: what cannot be read is stored, parked and alerted.

mod item;

use crate::alerts::report_alerts;
use crate::metrics::AlertCounter;
use crate::processor::Notification;
use crate::settings::SettingsCache;
use holdfast_ledger::time::Moment;
use holdfast_store::notification::{Accepted, NewNotification, Owner, Owners};
use holdfast_store::{Store, StoreError};

/// How often another transaction may be in the way before Marqeta is asked to send it again.
const ATTEMPTS: usize = 5;

/// What accepting needs.
#[derive(Debug)]
pub struct AcceptContext {
    /// The database.
    pub store: Store,
    /// The program's settings.
    pub settings: SettingsCache,
    /// Counts the alerts that were raised.
    pub alerts: AlertCounter,
}

/// The items of one envelope, and when it was received.
pub type ReceivedEnvelope<'a> = (&'a [Notification], Moment);

/// Stores the items of some envelopes in one database transaction, all or none. Items that were stored before
/// change nothing. Returns what was new, and how many items were parked.
///
/// # Errors
/// [`StoreError`].
pub async fn accept_envelopes(
    context: &AcceptContext,
    envelopes: &[ReceivedEnvelope<'_>],
) -> Result<(Accepted, usize), StoreError> {
    let items = envelopes.iter().flat_map(|(items, _)| *items);
    let owners = find_owners(&context.store, items).await?;
    let books_kept_credits = context.settings.current().book_credits_without_jit;
    let rows = envelopes.iter().flat_map(|(items, received)| {
        let build = |read| item::build_notification(read, &owners, books_kept_credits, *received);
        items.iter().map(build).collect::<Vec<NewNotification>>()
    });
    let new: Vec<NewNotification> = rows.collect();
    let accepted = store_notifications(&context.store, &new).await?;
    let parked = new.iter().filter(|item| item.parked.is_some()).count();
    report_alerts(&context.alerts, &accepted.alerts);
    tracing::debug!(
        envelopes = envelopes.len(),
        new = accepted.new,
        repeated = accepted.repeated,
        changed = accepted.changed,
        parked,
        "Notifications accepted"
    );
    Ok((accepted, parked))
}

async fn store_notifications(
    store: &Store,
    items: &[NewNotification],
) -> Result<Accepted, StoreError> {
    let mut attempt = 1;
    loop {
        match store.accept_notifications(items).await {
            // After an unknown commit the same items again are repeats, at worst.
            Err(StoreError::Again(_) | StoreError::Unknown(_)) if attempt < ATTEMPTS => {
                attempt += 1;
            }
            outcome => return outcome,
        }
    }
}

/// Looks owners up only for items whose JIT block does not name the account.
async fn find_owners(
    store: &Store,
    items: impl Iterator<Item = &Notification>,
) -> Result<Owners, StoreError> {
    let keys: Vec<Owner> = items.flat_map(item::list_owner_keys).collect();
    if keys.is_empty() {
        Ok(Owners::default())
    } else {
        store.owners(&keys).await
    }
}
