//! Accepting notifications: every item of an envelope is stored with its event, before Marqeta gets its 200.
//! Nothing is applied here, and no item harms another: what cannot be read is stored, parked and alerted.

mod item;

use crate::alerts::{build_alert, report_alerts};
use crate::metrics::AlertCounter;
use crate::processor::{Finding, Notification};
use crate::retry::Attempts;
use crate::settings::SettingsCache;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::time::Moment;
use holdfast_store::alert::NewAlert;
use holdfast_store::journal::Event;
use holdfast_store::notification::{AcceptedItems, NewNotification, Owner, Owners};
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

/// What some envelopes brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accepted {
    /// Items seen for the first time.
    pub new: usize,
    /// Items seen before, with the same content.
    pub repeated: usize,
    /// Items seen before, with another content: kept, alerted, not applied.
    pub changed: usize,
    /// Raised with them: to be counted and logged, now that all of it is committed.
    pub alerts: Vec<NewAlert>,
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
    let accepted = accept_items(&context.store, &new).await?;
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

/// Stores items with their events and alerts, all or none.
///
/// # Errors
/// [`StoreError`]; the processor sends the envelope again then.
pub async fn accept_items(
    store: &Store,
    items: &[NewNotification],
) -> Result<Accepted, StoreError> {
    let mut attempts = Attempts::up_to(ATTEMPTS);
    loop {
        // After an unknown commit the same items again are repeats, at worst.
        let accepted = write_items(store, items).await;
        if !attempts.wait_for_another(&accepted).await {
            return accepted;
        }
    }
}

async fn write_items(store: &Store, items: &[NewNotification]) -> Result<Accepted, StoreError> {
    let mut unit = store.begin().await?;
    let accepted = unit.accept_notifications(items).await?;
    let alerts = build_alerts(&accepted);
    let events: Vec<Event> = accepted.new.iter().map(|item| item.event.clone()).collect();
    unit.raise_alerts(&alerts).await?;
    unit.append_events(&events).await?;
    let accepted = Accepted {
        new: accepted.new.len(),
        repeated: accepted.repeated,
        changed: accepted.changed.len(),
        alerts,
    };
    unit.commit().await?;
    Ok(accepted)
}

/// An alert for each item that came again with another content, and for each that cannot be applied.
fn build_alerts(accepted: &AcceptedItems<'_>) -> Vec<NewAlert> {
    let alert = |item: &NewNotification, kind, detail| {
        let transaction_type = Some(item.kind.clone());
        build_alert(
            &item.key,
            transaction_type,
            Finding::new(kind, detail),
            item.received,
        )
    };
    let changed = accepted.changed.iter().map(|item| {
        let state = &item.key.state;
        let detail = format!(
            "a notification in state {state} came again with another content; the first one counts"
        );
        alert(item, AlertKind::NotificationChanged, detail)
    });
    let parked = accepted.new.iter().filter_map(|item| {
        let because = item.parked.as_ref()?;
        Some(alert(
            item,
            AlertKind::NotificationParked,
            because.error.clone(),
        ))
    });
    changed.chain(parked).collect()
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
