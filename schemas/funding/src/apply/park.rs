//! Parking: what cannot be applied becomes a dead letter, a row and an event in one transaction, and
//! harms nothing beside itself. `holdfast dlq` lists and replays it.

use super::Applier;
use super::due::UnreadableRecord;
use crate::alerts::{build_alert, report_alerts};
use crate::clock::now;
use crate::dead_letter::{ParkedBecause, parked_notification, parked_record};
use crate::processor::Finding;
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
pub(super) struct ParkedNotification {
    pub(super) key: NotificationKey,
    /// The topic that its event went to, where that is known.
    topic: Option<String>,
    /// Where it was read, if it came by Kafka.
    pub(super) origin: Option<Origin>,
    because: ParkedBecause,
}

impl From<(NotificationKey, Option<String>, ParkedBecause)> for ParkedNotification {
    fn from((key, topic, because): (NotificationKey, Option<String>, ParkedBecause)) -> Self {
        Self {
            key,
            topic,
            origin: None,
            because,
        }
    }
}

const UNKNOWN: &str = "applying a record: this database has no such notification";

impl ParkedNotification {
    /// A record names it, and this database does not have it.
    pub(super) fn unknown(key: NotificationKey) -> Self {
        tracing::warn!(transaction.token = %key.token, "Parked a record: its notification is not stored here");
        let because = ParkedBecause::new(DeadLetterCode::UnknownNotification, UNKNOWN);
        Self::from((key, None, because))
    }

    fn topic(&self) -> Topic {
        let origin = self.origin.as_ref();
        let read = origin.map(|origin| origin.topic.as_str());
        let read = read.or(self.topic.as_deref());
        read.and_then(Topic::from_name).unwrap_or(Topic::Notices)
    }

    /// Inserts the row.
    pub(super) async fn insert_row(&self, unit: &mut Unit, now: Moment) -> Result<(), StoreError> {
        let error = &self.because.error;
        unit.insert_dead_letter(&self.key, self.topic().name(), error, now)
            .await?;
        Ok(())
    }

    /// The event that goes with the row.
    pub(super) fn build_event(&self, now: Moment) -> Event {
        let place = (self.topic(), self.origin.as_ref(), 1);
        parked_notification(&self.key, place, &self.because, now)
    }

    /// The alert that goes with the row.
    pub(super) fn build_alert(&self, now: Moment) -> NewAlert {
        let detail = self.because.error.clone();
        let finding = Finding::new(AlertKind::NotificationParked, detail);
        build_alert(&self.key, None, finding, now)
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
    let parked = ParkedNotification {
        key: key.clone(),
        topic: Some(stored.topic.clone()),
        origin: origin.cloned(),
        because,
    };
    parked.insert_row(&mut unit, now).await?;
    let alerts = [parked.build_alert(now)];
    unit.raise_alerts(&alerts).await?;
    unit.append_events(&[parked.build_event(now)]).await?;
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
        if unit
            .insert_other_databases_letter(place, error, now)
            .await?
        {
            let because = ParkedBecause::new(DeadLetterCode::Unreadable, error);
            events.push(parked_record(&account, record.origin(), &because, now));
        }
    }
    unit.append_events(&events).await?;
    unit.commit().await?;
    Ok(records.len())
}
