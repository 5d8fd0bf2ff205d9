//! From an envelope to rows: whose account each item belongs to, and storing all of them at once.

use super::Webhooks;
use super::item::{self, Read};
use crate::lanes::now;
use holdfast_store::StoreError;
use holdfast_store::notification::{NewNotification, Owner, Owners};
use holdfast_wire::{Content, Envelope, Rules};

/// How often somebody else may be in the way before Marqeta is asked to send it again.
const ATTEMPTS: usize = 5;

/// Stores every item of an envelope.
pub(super) async fn store(webhooks: &Webhooks, envelope: &Envelope<'_>) -> Result<(), StoreError> {
    let items: Vec<Read> = envelope
        .items()
        .filter_map(|(family, item)| match item.read(family) {
            Content::Ping => None,
            content => Some(Read {
                family: family.to_owned(),
                raw: item.raw().to_owned(),
                content,
            }),
        })
        .collect();
    if items.is_empty() {
        return Ok(());
    }
    let owners = owners(webhooks, &items).await?;
    let rules = Rules {
        credits_without_jit: webhooks.program.current().book_credits_without_jit,
    };
    let received = now();
    let new: Vec<NewNotification> = items
        .into_iter()
        .map(|read| item::notification(read, &owners, rules, received))
        .collect();
    let accepted = accept(webhooks, &new).await?;
    let parked = new.iter().filter(|item| item.parked.is_some()).count();
    webhooks.metrics.accepted(accepted, parked);
    tracing::debug!(
        new = accepted.new,
        repeated = accepted.repeated,
        changed = accepted.changed,
        parked,
        "Notifications accepted"
    );
    Ok(())
}

async fn accept(
    webhooks: &Webhooks,
    items: &[NewNotification],
) -> Result<holdfast_store::notification::Accepted, StoreError> {
    let mut attempt = 1;
    loop {
        match webhooks.store.accept(items).await {
            // After an unknown commit the same items again are repeats, at worst.
            Err(StoreError::Again(_) | StoreError::Unknown(_)) if attempt < ATTEMPTS => {
                attempt += 1
            }
            outcome => return outcome,
        }
    }
}

/// Looks owners up only for items whose JIT block does not name the account.
async fn owners(webhooks: &Webhooks, items: &[Read]) -> Result<Owners, StoreError> {
    let wanted: Vec<Owner> = items.iter().flat_map(item::sought_owners).collect();
    if wanted.is_empty() {
        Ok(Owners::default())
    } else {
        webhooks.store.owners(&wanted).await
    }
}
