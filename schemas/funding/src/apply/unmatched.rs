//! Clearings of a unit that lead to no authorization: alerted at its end, unless a later message of the same unit
//! leads them to one. The alert of an earlier unit is resolved once a message shows which purchase it was.

use super::anomalies;
use super::item::Item;
use crate::processor::Finding;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::book::Account;
use holdfast_ledger::fact::{Fact, Kind};
use holdfast_ledger::hold::Hold;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId};
use holdfast_store::StoreError;
use holdfast_store::notification::NotificationKey;
use holdfast_store::unit::{Known, Unit};
use std::collections::BTreeSet;

/// A clearing that had no purchase when it was booked.
struct Booked {
    key: NotificationKey,
    transaction_type: Option<String>,
    hold: HoldId,
    fact: Fact,
}

/// The clearings without a purchase that a unit has to do with.
#[derive(Default)]
pub(super) struct UnmatchedClearings {
    booked: Vec<Booked>,
    /// Accounts that have such clearings.
    accounts: BTreeSet<AccountToken>,
}

const RESOLVED: &str = "a later message shows which purchase it is of";

impl UnmatchedClearings {
    /// Reads which accounts have clearings that wait for a purchase of this unit.
    pub(super) async fn read(unit: &mut Unit, items: &[Item]) -> Result<Self, StoreError> {
        let opening = items.iter().filter(|item| item.may_open_purchase());
        let accounts = opening.map(|item| item.key.account.clone()).collect();
        Ok(Self {
            booked: Vec::new(),
            accounts: unit.accounts_with_unmatched(&accounts).await?,
        })
    }

    /// May the account have such clearings?
    pub(super) fn may_wait_at(&self, account: &AccountToken) -> bool {
        self.accounts.contains(account)
    }

    /// Remembers a message that has just been booked, if it is such a clearing.
    pub(super) fn note_booked(
        &mut self,
        account: &Account,
        hold: &HoldId,
        fact: &Fact,
        item: &Item,
    ) {
        if is_unmatched(account, hold, fact) {
            self.accounts.insert(item.key.account.clone());
            self.booked.push(Booked {
                key: item.key.clone(),
                transaction_type: item.transaction_type.clone(),
                hold: hold.clone(),
                fact: fact.clone(),
            });
        }
    }

    /// What is to be alerted at the end of the unit.
    pub(super) fn find_alerts(
        &mut self,
        known: &Known,
    ) -> Vec<(NotificationKey, Option<String>, Finding)> {
        let booked = std::mem::take(&mut self.booked).into_iter();
        let still = booked.filter(|booked| {
            let account = known.accounts.get(&booked.key.account);
            account.is_some_and(|account| is_unmatched(account, &booked.hold, &booked.fact))
        });
        still
            .map(|booked| {
                let finding = anomalies::unmatched(&booked.fact);
                (booked.key, booked.transaction_type, finding)
            })
            .collect()
    }

    /// Resolves the alerts of clearings that have a purchase now.
    pub(super) async fn resolve_alerts(
        &self,
        unit: &mut Unit,
        known: &Known,
        now: Moment,
    ) -> Result<(), StoreError> {
        let accounts = self.accounts.iter();
        let accounts = accounts.filter_map(|token| known.accounts.get(token));
        let holds = accounts.flat_map(|account| account.holds.values());
        let tokens: Vec<&str> = holds.flat_map(matched_clearings).collect();
        unit.resolve_alerts(AlertKind::ClearingUnmatched, &tokens, RESOLVED, now)
            .await
    }
}

/// The clearings of a hold that have a purchase.
fn matched_clearings(hold: &Hold) -> Vec<&str> {
    let unmatched = hold.unmatched_clearings();
    let is_clearing =
        |fact: &&Fact| matches!(fact.kind, Kind::Clearing { .. } | Kind::ForceCapture);
    let clearings = hold.facts.iter().filter(is_clearing);
    let matched = clearings.filter(|fact| !unmatched.iter().any(|other| other.token == fact.token));
    matched.map(|fact| fact.token.as_str()).collect()
}

/// Does the hold have this clearing without a purchase?
fn is_unmatched(account: &Account, hold: &HoldId, fact: &Fact) -> bool {
    let hold = account.holds.get(hold);
    let unmatched = hold.map(Hold::unmatched_clearings).unwrap_or_default();
    unmatched.iter().any(|known| known.token == fact.token)
}
