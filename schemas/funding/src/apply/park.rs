//! Parking: what cannot be applied becomes a dead letter, a row and an event in one transaction, and
//! harms nothing beside itself. `holdfast dlq` lists and replays it.

use super::Applier;
use super::due::{Origins, UnreadableRecord};
use crate::alerts::report_alerts;
use crate::clock::now;
use crate::dead_letter::{ParkedBecause, parked_notification, parked_record};
use holdfast_events::{DeadLetterCode, Origin, Topic};
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use holdfast_store::StoreError;
use holdfast_store::alert::NewAlert;
use holdfast_store::journal::Event;
use holdfast_store::notification::{FinishedNotification, NotificationKey};
use holdfast_store::unit::{Locked, Unit};

/// A notification that is to be parked.
pub(super) struct Parked<'a> {
    pub(super) key: &'a NotificationKey,
    /// The topic that its event went to, where that is known.
    pub(super) topic: Option<&'a str>,
    /// Where it was read, if it came by Kafka.
    pub(super) origin: Option<&'a Origin>,
    pub(super) because: &'a ParkedBecause,
}

impl Parked<'_> {
    fn topic(&self) -> Topic {
        let read = self
            .origin
            .map(|origin| origin.topic.as_str())
            .or(self.topic);
        read.and_then(Topic::from_name).unwrap_or(Topic::Notices)
    }

    /// Inserts the row; the event is for the unit's own, and the alert is raised with the others.
    pub(super) async fn park(&self, unit: &mut Unit, now: Moment) -> Result<Event, StoreError> {
        unit.insert_dead_letter(self.key, self.topic().name(), &self.because.error, now)
            .await?;
        let place = (self.topic(), self.origin, 1);
        Ok(parked_notification(self.key, place, self.because, now))
    }

    /// The alert that goes with the row.
    pub(super) fn alert(&self, now: Moment) -> NewAlert {
        let detail = self.because.error.clone();
        NewAlert::about_notification(AlertKind::NotificationParked, self.key, None, detail, now)
    }
}

/// Parks a notification that the database refused to book.
pub(super) async fn park_refused(
    applier: &Applier,
    key: &NotificationKey,
    origin: Option<&Origin>,
    error: &StoreError,
) -> Result<(), StoreError> {
    let (now, because) = (now(), ParkedBecause::new(DeadLetterCode::NotApplied, error));
    let mut unit = applier.store.begin().await?;
    unit.lock_accounts(&[key.account.clone()].into(), Locked::Wait)
        .await?;
    let stored = unit.read_notifications(std::slice::from_ref(key)).await?;
    let Some(stored) = stored.first().filter(|stored| stored.is_waiting) else {
        return Ok(());
    };
    let finished = FinishedNotification {
        key: key.clone(),
        hold: None,
        error: Some(because.error.clone()),
    };
    unit.finish_notifications(&[finished], now).await?;
    let parked = Parked {
        key,
        topic: Some(&stored.topic),
        origin,
        because: &because,
    };
    let event = parked.park(&mut unit, now).await?;
    let alerts = [parked.alert(now)];
    unit.raise_alerts(&alerts).await?;
    unit.append_events(&[event]).await?;
    unit.commit().await?;
    report_alerts(&applier.metrics.alerts, &alerts);
    Ok(())
}

/// Parks records that are none of ours.
pub(super) async fn park_unreadable_records(
    applier: &Applier,
    records: &[UnreadableRecord<'_>],
) -> Result<usize, StoreError> {
    if records.is_empty() {
        return Ok(0);
    }
    let now = now();
    let mut unit = applier.store.begin().await?;
    let mut events = Vec::new();
    for UnreadableRecord { record, error } in records {
        tracing::warn!(
            topic = record.topic,
            partition = record.partition,
            offset = record.offset,
            "Parked a record: {error}"
        );
        let account = record
            .key
            .as_deref()
            .and_then(|key| AccountToken::parse(key).ok());
        let account = account.unwrap_or_else(|| AccountToken::numbered("record-", 0));
        let place = (
            account.as_str(),
            record.topic.as_str(),
            record.partition,
            record.offset,
        );
        if unit.insert_foreign_letter(place, error, now).await? {
            let because = ParkedBecause::new(DeadLetterCode::Unreadable, error);
            events.push(parked_record(&account, record.origin(), &because, now));
        }
    }
    unit.append_events(&events).await?;
    unit.commit().await?;
    Ok(records.len())
}

/// Parks records of notifications that this database does not have. Returns their events, and the alerts
/// that it raised.
pub(super) async fn park_unknown(
    unit: &mut Unit,
    keys: &[NotificationKey],
    origins: &Origins,
) -> Result<(Vec<Event>, Vec<NewAlert>), StoreError> {
    let (now, mut events, mut alerts) = (now(), Vec::new(), Vec::new());
    for key in keys {
        tracing::warn!(transaction.token = %key.token, "Parked a record: its notification is not stored here");
        let error = "applying a record: this database has no such notification";
        let because = ParkedBecause::new(DeadLetterCode::UnknownNotification, error);
        let parked = Parked {
            key,
            topic: None,
            origin: origins.get(key),
            because: &because,
        };
        events.push(parked.park(unit, now).await?);
        alerts.push(parked.alert(now));
    }
    unit.raise_alerts(&alerts).await?;
    Ok((events, alerts))
}
