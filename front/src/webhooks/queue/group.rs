//! One group of envelopes: whose account each item belongs to, and storing all of them at once.

use super::{NotStored, WaitingEnvelope, WriterContext};
use holdfast_funding::accept::{ReceivedEnvelope, accept_envelopes};
use holdfast_store::StoreError;

/// Stores envelopes and answers each. A group that Postgres refuses is split: whatever is wrong with one
/// envelope is not its neighbours' fault.
pub(super) async fn store_group(context: &WriterContext, group: Vec<WaitingEnvelope>) {
    let mut parts = vec![group];
    while let Some(mut group) = parts.pop() {
        let error = match attempt(context, &group).await {
            Ok(()) => {
                group.into_iter().for_each(|it| it.response(Ok(())));
                continue;
            }
            Err(error) => error,
        };
        let envelopes = group.len();
        if error.is_transient() || envelopes == 1 {
            tracing::warn!(%error, envelopes, "Cannot store notifications: Marqeta will send them again");
            group.into_iter().for_each(|it| it.response(Err(NotStored)));
        } else {
            tracing::warn!(%error, envelopes, "Cannot store a group of envelopes, splitting it");
            let rest = group.split_off(envelopes / 2);
            parts.extend([rest, group]);
        }
    }
}

async fn attempt(context: &WriterContext, group: &[WaitingEnvelope]) -> Result<(), StoreError> {
    let envelopes: Vec<ReceivedEnvelope<'_>> = group
        .iter()
        .map(|envelope| (envelope.items.as_slice(), envelope.received))
        .collect();
    let (accepted, parked) = accept_envelopes(&context.accept, &envelopes).await?;
    context.metrics.count_accepted(&accepted, parked);
    Ok(())
}
