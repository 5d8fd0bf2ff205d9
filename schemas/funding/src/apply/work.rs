//! One unit: the notifications of a batch, applied in one transaction.

use super::due::Origins;
use super::evidence::MissingEvidence;
use super::planned_batch::PlannedBatch;
use super::snapshot::Snapshot;
use super::{Applier, Summary};
use crate::alerts::report_alerts;
use crate::clock::now;
use holdfast_store::StoreError;
use holdfast_store::notification::NotificationKey;
use holdfast_store::unit::Locked;

/// Applies notifications. Returns those whose account another transaction has locked.
pub(super) async fn apply(
    applier: &Applier,
    keys: &[NotificationKey],
    origins: &Origins,
    locked: Locked,
) -> Result<(Summary, Vec<NotificationKey>), StoreError> {
    let program = applier.program().await?;
    let mut unit = applier.store.begin().await?;
    // 1. Lock.
    let accounts = keys.iter().map(|key| key.account.clone()).collect();
    let mine = unit.lock_accounts(&accounts, locked).await?;
    // 2. Read, after the locks: no other transaction can take what is waiting now.
    let mut snapshot = Snapshot::read(&mut unit, keys, program, mine).await?;
    // 3. Plan, in memory alone. Few messages need more evidence; it is read when the plan asks for it.
    let mut planned = PlannedBatch::new(now());
    while let Err(MissingEvidence(sought)) = planned.plan_items(&mut snapshot) {
        snapshot.evidence.read_sought(&mut unit, sought).await?;
    }
    planned.plan_end(&mut snapshot, origins);
    // 4. Write.
    planned.write(&mut unit, &snapshot).await?;
    // 5. Append.
    unit.append_events(&planned.events).await?;
    unit.commit().await?;
    report_alerts(&applier.metrics.alerts, &planned.alerts);
    Ok((planned.summary(), planned.contended))
}
