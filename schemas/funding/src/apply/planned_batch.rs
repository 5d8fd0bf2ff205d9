//! The plan of a unit: computed in memory from its snapshot, then written.

use super::Summary;
use super::due::Origins;
use super::effect::AppliedEffect;
use super::evidence::MissingEvidence;
use super::item::Item;
use super::park::ParkedNotification;
use super::planned_item::{ItemPlan, PlannedOutcome};
use super::snapshot::Snapshot;
use super::transition::Transitions;
use crate::alerts::build_alert;
use crate::processor::Finding;
use holdfast_ledger::time::Moment;
use holdfast_store::StoreError;
use holdfast_store::alert::NewAlert;
use holdfast_store::journal::Event;
use holdfast_store::notification::{FinishedNotification, NotificationKey};
use holdfast_store::unit::Unit;

/// What a unit is going to write.
pub(super) struct PlannedBatch {
    now: Moment,
    /// How far the plan of the first item is.
    current: ItemPlan,
    finished: Vec<FinishedNotification>,
    parked: Vec<ParkedNotification>,
    transitions: Transitions,
    pub(super) alerts: Vec<NewAlert>,
    pub(super) events: Vec<Event>,
    /// Notifications whose account another transaction has locked.
    pub(super) contended: Vec<NotificationKey>,
}

impl PlannedBatch {
    pub(super) fn new(now: Moment) -> Self {
        Self {
            now,
            current: ItemPlan::default(),
            finished: vec![],
            parked: vec![],
            transitions: Transitions::default(),
            alerts: vec![],
            events: vec![],
            contended: vec![],
        }
    }

    /// Plans the items of the snapshot one after another. Where evidence is missing the item stays the first, and
    /// its plan continues once the evidence is there.
    pub(super) fn plan_items(&mut self, snapshot: &mut Snapshot) -> Result<(), MissingEvidence> {
        while let Some(item) = snapshot.items.pop_front() {
            if snapshot.is_contended(&item.key.account) {
                self.contended.push(item.key);
                continue;
            }
            match self.plan_item(snapshot, &item) {
                Ok(outcome) => self.finish_item(item, outcome),
                Err(missing) => {
                    snapshot.items.push_front(item);
                    return Err(missing);
                }
            }
        }
        Ok(())
    }

    fn plan_item(
        &mut self,
        snapshot: &mut Snapshot,
        item: &Item,
    ) -> Result<PlannedOutcome, MissingEvidence> {
        let unknown_state = match &item.effect {
            AppliedEffect::Nothing => None,
            AppliedEffect::Park(because) => return Ok(Err(because.clone())),
            AppliedEffect::Card(card, transition) => {
                self.transitions.add_card(card.clone(), transition.clone())
            }
            AppliedEffect::Account(account, transition) => self
                .transitions
                .add_account(account.clone(), transition.clone()),
            AppliedEffect::Book(message) => {
                return self.current.plan_message(snapshot, item, message, self.now);
            }
        };
        self.current.findings.extend(unknown_state);
        Ok(Ok(None))
    }

    /// Takes over what was planned of an item.
    fn finish_item(&mut self, item: Item, outcome: PlannedOutcome) {
        let ItemPlan {
            events, findings, ..
        } = std::mem::take(&mut self.current);
        self.events.extend(events);
        for finding in item.finding.into_iter().chain(findings) {
            self.alert(&item.key, item.transaction_type.clone(), finding);
        }
        let (hold, because) = match outcome {
            Ok(hold) => (hold, None),
            Err(because) => (None, Some(because)),
        };
        self.finished.push(FinishedNotification {
            key: item.key.clone(),
            hold,
            error: because.as_ref().map(|because| because.error.clone()),
        });
        let parked = because.map(|because| (item.key, Some(item.topic), because));
        self.parked.extend(parked.map(ParkedNotification::from));
    }

    fn alert(&mut self, key: &NotificationKey, transaction_type: Option<String>, finding: Finding) {
        let alert = build_alert(key, transaction_type, finding, self.now);
        self.alerts.push(alert);
    }

    /// Plans what only the end of the batch shows: clearings still without a purchase, and dead letters.
    pub(super) fn plan_end(&mut self, snapshot: &mut Snapshot, origins: &Origins) {
        for (key, transaction_type, finding) in snapshot.unmatched.find_alerts(&snapshot.known) {
            self.alert(&key, transaction_type, finding);
        }
        let unknown = std::mem::take(&mut snapshot.unknown).into_iter();
        self.parked.extend(unknown.map(ParkedNotification::unknown));
        for parked in &mut self.parked {
            parked.origin = origins.get(&parked.key).cloned();
            self.events.push(parked.build_event(self.now));
            self.alerts.push(parked.build_alert(self.now));
        }
    }

    /// Writes all but the events; the events of changed accounts and cards join them.
    pub(super) async fn write(
        &mut self,
        unit: &mut Unit,
        snapshot: &Snapshot,
    ) -> Result<(), StoreError> {
        let accounts = &snapshot.known.accounts;
        unit.write_books(snapshot.mine.iter().filter_map(|token| accounts.get(token)))
            .await?;
        let (opened, now) = (&snapshot.opened, self.now);
        let changed = self.transitions.record(unit, opened, now).await?;
        self.events.extend(changed);
        unit.finish_notifications(&self.finished, self.now).await?;
        for parked in &self.parked {
            parked.insert_row(unit, self.now).await?;
        }
        let unmatched = &snapshot.unmatched;
        unmatched
            .resolve_alerts(unit, &snapshot.known, self.now)
            .await?;
        unit.raise_alerts(&self.alerts).await
    }

    /// How many were applied and parked.
    pub(super) fn summary(&self) -> Summary {
        let applied = self
            .finished
            .iter()
            .filter(|finished| finished.error.is_none());
        Summary {
            applied: applied.count(),
            parked: self.parked.len(),
        }
    }
}
