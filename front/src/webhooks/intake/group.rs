//! One group of envelopes: whose account each item belongs to, and storing all of them at once.

use super::{Desk, NotStored, Waiting};
use holdfast_funding::accept::{ReceivedEnvelope, accept_envelopes};
use holdfast_store::StoreError;

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
    let envelopes: Vec<ReceivedEnvelope<'_>> = group
        .iter()
        .map(|envelope| (envelope.items.as_slice(), envelope.received))
        .collect();
    let (accepted, parked) = accept_envelopes(&desk.accept, &envelopes).await?;
    desk.metrics.accepted(&accepted, parked);
    Ok(())
}
