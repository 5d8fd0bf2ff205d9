//! The balances that should result: a simple tally of responses and delivered notifications.
//!
//! Written independently of Holdfast's own fold, so that the two can disagree. It knows only what a
//! message does to a purchase, in the order in which the messages were created.

mod group;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use rust_decimal::Decimal;

use crate::{DeliveryResult, JitExchange, Notification, Transaction, mutex::lock_mutex};
use group::FundingGroup;

/// Change of one account's balance in one currency since the simulation began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// To be added to the opening balance; negative when money was spent.
    pub posted: Decimal,
    /// Held now.
    pub held: Decimal,
}

/// The expected balances of all accounts. Closed and fully delivered purchases are summed up and
/// dropped.
#[derive(Debug, Default)]
pub struct Expected {
    books: Mutex<ExpectedBooks>,
}

#[derive(Debug, Default)]
struct ExpectedBooks {
    groups: HashMap<String, FundingGroup>,
    finished: BTreeMap<(String, String), Tally>,
    uncertain: usize,
}

impl Expected {
    /// Registers a created message; it counts nothing yet.
    pub fn register_message(&self, transaction: &Transaction) {
        let mut books = lock_mutex(&self.books);
        let group = books.groups.entry(transaction.links.group.clone());
        group
            .or_insert_with(|| FundingGroup::new(transaction))
            .register_message(transaction);
    }

    /// Records a response: an approval counts until a notification replaces it.
    pub fn record_response(&self, transaction: &Transaction, exchange: &JitExchange) {
        if let Some(group) = lock_mutex(&self.books)
            .groups
            .get_mut(&transaction.links.group)
        {
            group.record_response(&transaction.token, &exchange.response);
        }
    }

    /// Registers a notification that will be delivered.
    pub fn register_notification(&self, notification: &Notification) {
        if let Some(group) = lock_mutex(&self.books).groups.get_mut(&notification.group) {
            group.undelivered += 1;
        }
    }

    /// Records the delivery of a copy of a notification.
    pub fn record_delivery(&self, notification: &Notification, result: DeliveryResult) {
        let mut books = lock_mutex(&self.books);
        let Some(group) = books.groups.get_mut(&notification.group) else {
            return;
        };
        match result {
            DeliveryResult::Refused | DeliveryResult::Repeated => return,
            DeliveryResult::GivenUp => {}
            DeliveryResult::Accepted if notification.is_gpa => {}
            DeliveryResult::Accepted => group.record_notification(
                &notification.token,
                notification.state,
                notification.amount,
            ),
        }
        group.undelivered = group.undelivered.saturating_sub(1);
        books.finish_group(&notification.group);
    }

    /// Closes a group: no further message of it will be created.
    pub fn close_group(&self, group: &str) {
        let mut books = lock_mutex(&self.books);
        if let Some(found) = books.groups.get_mut(group) {
            found.is_closed = true;
            books.finish_group(group);
        }
    }

    /// The tally by account token and currency code.
    pub fn totals(&self) -> BTreeMap<(String, String), Tally> {
        let books = lock_mutex(&self.books);
        let mut totals = books.finished.clone();
        for group in books.groups.values() {
            totals
                .entry(group.tally_key())
                .or_default()
                .add(group.tally());
        }
        totals
    }

    /// Counts messages of unknown effect: requested, without a response, and without a notification.
    /// While there are any, the totals may be wrong.
    pub fn count_uncertain(&self) -> usize {
        let books = lock_mutex(&self.books);
        books.uncertain
            + books
                .groups
                .values()
                .map(FundingGroup::count_uncertain)
                .sum::<usize>()
    }
}

impl ExpectedBooks {
    fn finish_group(&mut self, group: &str) {
        if self
            .groups
            .get(group)
            .is_some_and(|group| group.is_closed && group.undelivered == 0)
            && let Some(group) = self.groups.remove(group)
        {
            self.finished
                .entry(group.tally_key())
                .or_default()
                .add(group.tally());
            self.uncertain += group.count_uncertain();
        }
    }
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.posted += other.posted;
        self.held += other.held;
    }
}
