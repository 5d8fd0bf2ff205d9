//! One unit: the notifications of a batch, applied in one transaction.

use super::anomalies;
use super::due::Origins;
use super::effect::AppliedEffect;
use super::item::{Item, cancelled_before, read, wanted};
use super::matching::{Matching, follows_our_decline};
use super::missing::open_missing;
use super::other_account::find_other_account;
use super::park::{self, Parked};
use super::transition::Transitions;
use super::unmatched::UnmatchedClearings;
use super::{Applier, Summary, adjustment};
use crate::alerts::report_alerts;
use crate::clock::now;
use crate::dead_letter::ParkedBecause;
use crate::processor::Finding;
use holdfast_events::DeadLetterCode;
use holdfast_ledger::book::Account;
use holdfast_ledger::fact::Message;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId};
use holdfast_store::StoreError;
use holdfast_store::alert::NewAlert;
use holdfast_store::journal::Event;
use holdfast_store::notification::{NotificationKey, Settled, StoredNotification};
use holdfast_store::program::ProgramSettings;
use holdfast_store::unit::{Known, Locked, Unit};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a unit has collected to be written.
struct Unfinished {
    program: ProgramSettings,
    now: Moment,
    settled: Vec<Settled>,
    parked: Vec<(NotificationKey, String, ParkedBecause)>,
    alerts: Vec<NewAlert>,
    findings: Vec<Finding>,
    unmatched: UnmatchedClearings,
    transitions: Transitions,
    events: Vec<Event>,
}

/// Applies notifications. Returns those whose account another transaction has locked.
pub(super) async fn apply(
    applier: &Applier,
    keys: &[NotificationKey],
    origins: &Origins,
    locked: Locked,
) -> Result<(Summary, Vec<NotificationKey>), StoreError> {
    let program = applier.program().await?;
    let mut unit = applier.store.begin().await?;
    let accounts = keys.iter().map(|key| key.account.clone()).collect();
    let mut mine = unit.lock_accounts(&accounts, locked).await?;
    // After the locks: no other transaction can take what is waiting now.
    let stored = unit.read_notifications(keys).await?;
    let unknown = unknown(keys, &stored);
    let controls = Arc::clone(unit.controls());
    let mut items: Vec<Item> = stored
        .into_iter()
        .filter(|s| s.is_waiting)
        .map(|stored| read(stored, &program, &controls))
        .collect();
    items.sort_by_key(Item::created);
    let wanted = wanted(&items);
    let mut known = unit.read_known(&wanted).await?;
    let existing = mine.clone();
    let revived = open_missing(
        &mut unit,
        &items,
        &wanted,
        &mut mine,
        &mut known,
        |stored| read(stored, &program, &controls),
    )
    .await?;
    let unmatched = UnmatchedClearings::read(&mut unit, &items).await?;
    let mut unfinished = Unfinished {
        program,
        now: now(),
        settled: vec![],
        parked: vec![],
        alerts: vec![],
        findings: vec![],
        unmatched,
        transitions: Transitions::after_opening(&mine - &existing),
        events: vec![],
    };
    let mut elsewhere = Vec::new();
    for item in revived.into_iter().chain(items) {
        let exists = known.accounts.contains_key(&item.key.account);
        if exists && !mine.contains(&item.key.account) {
            elsewhere.push(item.key);
            continue;
        }
        unfinished.take(&mut unit, &mut known, item).await?;
    }
    for (key, transaction_type, finding) in unfinished.unmatched.find_alerts(&known) {
        unfinished.alert(&key, transaction_type, finding);
    }
    let summary = unfinished
        .write(&mut unit, &known, &mine, origins, unknown.len())
        .await?;
    let (events, alerts) = park::park_unknown(&mut unit, &unknown, origins).await?;
    unfinished.events.extend(events);
    unfinished.alerts.extend(alerts);
    unit.append_events(&unfinished.events).await?;
    unit.commit().await?;
    report_alerts(&applier.metrics.alerts, &unfinished.alerts);
    Ok((summary, elsewhere))
}

/// Records of notifications that this database has never stored: another database's, or a forgery.
fn unknown(keys: &[NotificationKey], stored: &[StoredNotification]) -> Vec<NotificationKey> {
    let known: BTreeSet<&NotificationKey> = stored.iter().map(|stored| &stored.key).collect();
    keys.iter()
        .filter(|key| !known.contains(key))
        .cloned()
        .collect()
}

const NO_ACCOUNT: &str = "booking the message: its account is unknown; register its card or create its account, then replay it";

impl Unfinished {
    fn matching<'a>(&'a self, unit: &'a mut Unit) -> Matching<'a> {
        Matching {
            unit,
            program: &self.program,
            now: self.now,
        }
    }

    async fn take(
        &mut self,
        unit: &mut Unit,
        known: &mut Known,
        item: Item,
    ) -> Result<(), StoreError> {
        self.findings.extend(item.finding.clone());
        let outcome = match item.effect {
            AppliedEffect::Nothing => Ok(None),
            AppliedEffect::Park(error) => Err(error),
            AppliedEffect::Card(card, transition) => {
                let unknown = self.transitions.add_card(card, transition);
                self.findings.extend(unknown);
                Ok(None)
            }
            AppliedEffect::Account(account, transition) => {
                let unknown = self.transitions.add_account(account, transition);
                self.findings.extend(unknown);
                Ok(None)
            }
            AppliedEffect::Book(ref message) => match known.accounts.get_mut(&item.key.account) {
                // It came to nothing, and nothing is known of it. Should the message itself come
                // later, it is found here.
                None if message.fact.is_cancelled() => Ok(None),
                None => Err(ParkedBecause::new(DeadLetterCode::NoAccount, NO_ACCOUNT)),
                Some(account) => {
                    if let Some(error) =
                        find_other_account(unit, account, message, item.names_account).await?
                    {
                        Err(error)
                    } else {
                        self.matching(unit)
                            .find_by_network_chain(account, message)
                            .await?;
                        let follows_decline =
                            follows_our_decline(account, message, &known.decisions);
                        let outcome = self.book(account, message);
                        for undoing in
                            cancelled_before(&item, self.program.book_credits_without_jit)
                        {
                            drop(self.book(account, &undoing));
                        }
                        if let (Ok(Some(hold)), false) = (&outcome, follows_decline) {
                            let may_wait = self.unmatched.may_wait_at(&item.key.account);
                            let mut matching = self.matching(unit);
                            let matched = matching
                                .match_booked(account, hold, &message.fact, may_wait)
                                .await?;
                            self.events.extend(matched);
                            self.unmatched
                                .note_booked(account, hold, &message.fact, &item);
                        }
                        if follows_decline {
                            self.findings.push(anomalies::after_decline(&message.fact));
                        }
                        outcome
                    }
                }
            },
        };
        for finding in std::mem::take(&mut self.findings) {
            self.alert(&item.key, item.transaction_type.clone(), finding);
        }
        let (hold, error) = match outcome {
            Ok(hold) => (hold, None),
            Err(error) => (None, Some(error)),
        };
        if let Some(error) = &error {
            self.parked
                .push((item.key.clone(), item.topic, error.clone()));
        }
        self.settled.push(Settled {
            key: item.key,
            hold,
            error: error.map(|because| because.error),
        });
        Ok(())
    }

    fn book(
        &mut self,
        account: &mut Account,
        message: &Message,
    ) -> Result<Option<HoldId>, ParkedBecause> {
        let id = HoldId::numbered("h-", uuid::Uuid::now_v7().as_u128());
        let plan = account
            .plan(message, &id, self.program.policy(), self.now)
            .map_err(|error| {
                let error = format!("folding the hold: {error}");
                ParkedBecause::new(DeadLetterCode::NotApplied, error)
            })?;
        self.events
            .extend(adjustment::event(account, &message.fact, &plan, self.now));
        let found = anomalies::find_new(account, &message.fact, &plan, &self.program);
        self.findings.extend(found);
        let hold = plan.hold.id.clone();
        account.apply_plan(plan);
        // Also where the decline came first, and nothing moves: the order of the two must not show.
        if message.fact.stands() && !message.fact.amount.is_zero() {
            account.open_balance(message.fact.currency);
        }
        Ok(Some(hold))
    }

    fn alert(&mut self, key: &NotificationKey, transaction_type: Option<String>, finding: Finding) {
        let Finding {
            kind,
            detail,
            amounts,
        } = finding;
        self.alerts.push(NewAlert {
            amounts,
            ..NewAlert::about_notification(kind, key, transaction_type, detail, self.now)
        });
    }

    async fn write(
        &mut self,
        unit: &mut Unit,
        known: &Known,
        mine: &BTreeSet<AccountToken>,
        origins: &Origins,
        unknown: usize,
    ) -> Result<Summary, StoreError> {
        unit.write_books(mine.iter().filter_map(|token| known.accounts.get(token)))
            .await?;
        let changed = self.transitions.record(unit, self.now).await?;
        self.events.extend(changed);
        unit.finish_notifications(&self.settled, self.now).await?;
        for (key, topic, because) in &self.parked {
            let parked = Parked {
                key,
                topic: Some(topic),
                origin: origins.get(key),
                because,
            };
            self.events.push(parked.park(unit, self.now).await?);
            self.alerts.push(parked.alert(self.now));
        }
        self.unmatched.resolve_alerts(unit, known, self.now).await?;
        unit.raise_alerts(&self.alerts).await?;
        let parked = self.parked.len();
        let applied = self.settled.len().saturating_sub(parked);
        Ok(Summary {
            applied,
            parked: parked.saturating_add(unknown),
        })
    }
}
