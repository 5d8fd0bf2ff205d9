//! One group of envelopes: whose account each item belongs to, and storing all of them at once.

use super::super::item::{self, Read};
use super::{Desk, NotStored, Waiting};
use holdfast_funding::alerts::report_alerts;
use holdfast_marqeta::Rules;
use holdfast_store::StoreError;
use holdfast_store::notification::{Accepted, NewNotification, Owner, Owners};

/// How often somebody else may be in the way before Marqeta is asked to send it again.
const ATTEMPTS: usize = 5;

/// Stores envelopes and answers each. A group that Postgres refuses is split: whatever is wrong with one
/// envelope is not its neighbours' fault.
pub(super) async fn store(desk: &Desk, group: Vec<Waiting>) {
    let mut parts = vec![group];
    while let Some(mut group) = parts.pop() {
        let error = match attempt(desk, &group).await {
            Ok(()) => {
                group.into_iter().for_each(|it| it.answer(Ok(())));
                continue;
            }
            Err(error) => error,
        };
        let envelopes = group.len();
        if error.is_transient() || envelopes == 1 {
            tracing::warn!(%error, envelopes, "Cannot store notifications: Marqeta will send them again");
            group.into_iter().for_each(|it| it.answer(Err(NotStored)));
        } else {
            tracing::warn!(%error, envelopes, "Cannot store a group of envelopes, splitting it");
            let rest = group.split_off(envelopes / 2);
            parts.extend([rest, group]);
        }
    }
}

async fn attempt(desk: &Desk, group: &[Waiting]) -> Result<(), StoreError> {
    let owners = owners(desk, group.iter().flat_map(|envelope| &envelope.items)).await?;
    let rules = Rules {
        credits_without_jit: desk.program.current().book_credits_without_jit,
    };
    let of_envelope = |envelope: &Waiting| {
        let items = envelope.items.iter();
        let rows = items.map(|read| item::notification(read, &owners, rules, envelope.received));
        rows.collect::<Vec<NewNotification>>()
    };
    let new: Vec<NewNotification> = group.iter().flat_map(of_envelope).collect();
    let accepted = accept(desk, &new).await?;
    let parked = new.iter().filter(|item| item.parked.is_some()).count();
    desk.metrics.accepted(&accepted, parked);
    report_alerts(&desk.metrics.alerts, &accepted.alerts);
    tracing::debug!(
        envelopes = group.len(),
        new = accepted.new,
        repeated = accepted.repeated,
        changed = accepted.changed,
        parked,
        "Notifications accepted"
    );
    Ok(())
}

async fn accept(desk: &Desk, items: &[NewNotification]) -> Result<Accepted, StoreError> {
    let mut attempt = 1;
    loop {
        match desk.store.accept(items).await {
            // After an unknown commit the same items again are repeats, at worst.
            Err(StoreError::Again(_) | StoreError::Unknown(_)) if attempt < ATTEMPTS => {
                attempt += 1
            }
            outcome => return outcome,
        }
    }
}

/// Looks owners up only for items whose JIT block does not name the account.
async fn owners(desk: &Desk, items: impl Iterator<Item = &Read>) -> Result<Owners, StoreError> {
    let wanted: Vec<Owner> = items.flat_map(item::sought_owners).collect();
    if wanted.is_empty() {
        Ok(Owners::default())
    } else {
        desk.store.owners(&wanted).await
    }
}
