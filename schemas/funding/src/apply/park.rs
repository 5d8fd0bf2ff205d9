//! Parking: what cannot be applied becomes a dead letter, a row and an event in one transaction, and
//! harms nothing beside itself. `holdfast dlq` lists and replays it.

use super::due::{Origins, Stranger};
use super::{Applier, Record};
use crate::alerts::report_alerts;
use crate::clock::now;
use holdfast_events::moment;
use holdfast_events::{DeadLetter, Origin, Topic};
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use holdfast_store::StoreError;
use holdfast_store::alert::NewAlert;
use holdfast_store::journal::Event;
use holdfast_store::notification::{NotificationKey, Settled};
use holdfast_store::unit::{Locked, Unit};

/// A notification that is to be parked.
pub(super) struct Parked<'a> {
    pub(super) key: &'a NotificationKey,
    /// The topic that its event went to, where that is known.
    pub(super) topic: Option<&'a str>,
    /// Where it was read, if it came by Kafka.
    pub(super) origin: Option<&'a Origin>,
    pub(super) error: &'a str,
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
        unit.insert_dead_letter(self.key, self.topic().name(), self.error, now)
            .await?;
        Ok(self.event(now))
    }

    /// The alert that goes with the row.
    pub(super) fn alert(&self, now: Moment) -> NewAlert {
        NewAlert {
            kind: AlertKind::NotificationParked,
            account: Some(self.key.account.clone()),
            token: Some(self.key.token.as_str().to_owned()),
            transaction_type: None,
            state: Some(self.key.state.clone()),
            amounts: None,
            detail: self.error.to_owned(),
            at: now,
        }
    }

    fn event(&self, now: Moment) -> Event {
        let Self {
            key, origin, error, ..
        } = self;
        let topic = self.topic().dlq().unwrap_or(Topic::NoticesDlq);
        let letter = DeadLetter {
            origin: origin.cloned(),
            code: "not_applied".to_owned(),
            error: (*error).to_owned(),
            key: key.account.as_str().to_owned(),
            attempts: 1,
            transaction: Some(key.token.as_str().to_owned()),
            state: Some(key.state.clone()),
            parked: moment::text(now),
            value: None,
        };
        event(key, topic, &letter, now)
    }
}

fn event(key: &NotificationKey, topic: Topic, letter: &DeadLetter, now: Moment) -> Event {
    Event {
        id: uuid::Uuid::now_v7(),
        account: key.account.clone(),
        topic: topic.name(),
        kind: topic.event_type(),
        subject: key.token.as_str().to_owned(),
        payload: serde_json::to_string(letter).unwrap_or_default(),
        entries: Vec::new(),
        hold: None,
        token: Some(key.token.as_str().to_owned()),
        at: now,
    }
}

/// Parks a notification that the database refused to book.
pub(super) async fn refused(
    applier: &Applier,
    key: &NotificationKey,
    origin: Option<&Origin>,
    error: &StoreError,
) -> Result<(), StoreError> {
    let (now, error) = (now(), error.to_string());
    let mut unit = applier.store.begin().await?;
    unit.lock(&[key.account.clone()].into(), Locked::Wait)
        .await?;
    let stored = unit.read_notifications(std::slice::from_ref(key)).await?;
    let Some(stored) = stored.first().filter(|stored| stored.is_waiting) else {
        return Ok(());
    };
    let settled = Settled {
        key: key.clone(),
        hold: None,
        error: Some(error.clone()),
    };
    unit.settle(&[settled], now).await?;
    let parked = Parked {
        key,
        topic: Some(&stored.topic),
        origin,
        error: &error,
    };
    let event = parked.park(&mut unit, now).await?;
    let alerts = [parked.alert(now)];
    unit.raise(&alerts).await?;
    unit.append(&[event]).await?;
    unit.commit().await?;
    report_alerts(&applier.metrics.alerts, &alerts);
    Ok(())
}

/// Parks records that are none of ours.
pub(super) async fn strangers(
    applier: &Applier,
    strangers: &[Stranger<'_>],
) -> Result<usize, StoreError> {
    if strangers.is_empty() {
        return Ok(0);
    }
    let now = now();
    let mut unit = applier.store.begin().await?;
    let mut events = Vec::new();
    for Stranger { record, error } in strangers {
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
            events.push(stranger_event(account, record, error, now));
        }
    }
    unit.append(&events).await?;
    unit.commit().await?;
    Ok(strangers.len())
}

fn stranger_event(account: AccountToken, record: &Record, error: &str, now: Moment) -> Event {
    let topic = Topic::from_name(&record.topic)
        .and_then(Topic::dlq)
        .unwrap_or(Topic::NoticesDlq);
    let letter = DeadLetter {
        origin: Some(Origin {
            topic: record.topic.clone(),
            partition: record.partition,
            offset: record.offset,
        }),
        code: "unreadable".to_owned(),
        error: error.to_owned(),
        key: account.as_str().to_owned(),
        attempts: 1,
        transaction: None,
        state: None,
        parked: moment::text(now),
        value: None,
    };
    Event {
        id: uuid::Uuid::now_v7(),
        subject: account.as_str().to_owned(),
        account,
        topic: topic.name(),
        kind: topic.event_type(),
        payload: serde_json::to_string(&letter).unwrap_or_default(),
        entries: Vec::new(),
        hold: None,
        token: None,
        at: now,
    }
}

/// Parks records of notifications that this database does not have. Returns their events, and the alerts
/// that it raised.
pub(super) async fn unknown(
    unit: &mut Unit,
    keys: &[NotificationKey],
    origins: &Origins,
) -> Result<(Vec<Event>, Vec<NewAlert>), StoreError> {
    let (now, mut events, mut alerts) = (now(), Vec::new(), Vec::new());
    for key in keys {
        tracing::warn!(transaction.token = %key.token, "Parked a record: its notification is not stored here");
        let error = "applying a record: this database has no such notification";
        let parked = Parked {
            key,
            topic: None,
            origin: origins.get(key),
            error,
        };
        events.push(parked.park(unit, now).await?);
        alerts.push(parked.alert(now));
    }
    unit.raise(&alerts).await?;
    Ok((events, alerts))
}
