//! What the money should be at the end: a naive tally of what the network heard and delivered.
//!
//! Written without a look at how Holdfast counts, so that the two can disagree. It knows one
//! thing only: what a message does to a purchase, in the order in which the messages were made.

mod group;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use rust_decimal::Decimal;

use crate::{Fate, JitOutcome, Notice, Transaction, guard::lock};
use group::Group;

/// Change of one account's balance in one currency since the simulation began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// To be added to the opening balance; negative when money was spent.
    pub posted: Decimal,
    /// Held now.
    pub held: Decimal,
}

/// The expected money of all accounts. Purchases that are over and fully delivered are summed up
/// and forgotten.
#[derive(Debug, Default)]
pub struct Expected {
    books: Mutex<Books>,
}

#[derive(Debug, Default)]
struct Books {
    groups: HashMap<String, Group>,
    settled: BTreeMap<(String, String), Tally>,
    uncertain: usize,
}

impl Expected {
    /// A message came into being; as yet it counts nothing.
    pub fn made(&self, transaction: &Transaction) {
        let mut books = lock(&self.books);
        let group = books.groups.entry(transaction.links.group.clone());
        group
            .or_insert_with(|| Group::of(transaction))
            .made(transaction);
    }

    /// The gateway was heard: an approval counts until a notification says otherwise.
    pub fn heard(&self, transaction: &Transaction, outcome: &JitOutcome) {
        if let Some(group) = lock(&self.books).groups.get_mut(&transaction.links.group) {
            group.heard(&transaction.token, &outcome.heard);
        }
    }

    /// A notification is on its way.
    pub fn promised(&self, notice: &Notice) {
        if let Some(group) = lock(&self.books).groups.get_mut(&notice.group) {
            group.awaited += 1;
        }
    }

    /// A copy of a notification arrived, or never will.
    pub fn fated(&self, notice: &Notice, fate: Fate) {
        let mut books = lock(&self.books);
        let Some(group) = books.groups.get_mut(&notice.group) else {
            return;
        };
        match fate {
            Fate::Refused | Fate::Repeated => return,
            Fate::GivenUp => {}
            Fate::Accepted if notice.twin => {}
            Fate::Accepted => group.told(&notice.token, notice.state, notice.amount),
        }
        group.awaited = group.awaited.saturating_sub(1);
        books.settle(&notice.group);
    }

    /// No further message of this group will be made.
    pub fn over(&self, group: &str) {
        let mut books = lock(&self.books);
        if let Some(found) = books.groups.get_mut(group) {
            found.over = true;
            books.settle(group);
        }
    }

    /// The tally by account token and currency code.
    pub fn totals(&self) -> BTreeMap<(String, String), Tally> {
        let books = lock(&self.books);
        let mut totals = books.settled.clone();
        for group in books.groups.values() {
            totals.entry(group.key()).or_default().add(group.tally());
        }
        totals
    }

    /// Messages whose effect nobody can know: asked, not heard, and no notification arrived. While
    /// there are any, the totals may be wrong.
    pub fn uncertain(&self) -> usize {
        let books = lock(&self.books);
        books.uncertain + books.groups.values().map(Group::uncertain).sum::<usize>()
    }
}

impl Books {
    fn settle(&mut self, group: &str) {
        if self
            .groups
            .get(group)
            .is_some_and(|group| group.over && group.awaited == 0)
            && let Some(group) = self.groups.remove(group)
        {
            self.settled
                .entry(group.key())
                .or_default()
                .add(group.tally());
            self.uncertain += group.uncertain();
        }
    }
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.posted += other.posted;
        self.held += other.held;
    }
}
