//! The snapshot of a unit: what it has read under its locks, and what its plan changes in memory.

use super::evidence::Evidence;
use super::item::{Item, read, wanted};
use super::missing::open_missing;
use super::unmatched::UnmatchedClearings;
use holdfast_ledger::token::AccountToken;
use holdfast_store::StoreError;
use holdfast_store::notification::{NotificationKey, StoredNotification};
use holdfast_store::program::ProgramSettings;
use holdfast_store::unit::{Known, Unit};
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

/// What a unit has read.
pub(super) struct Snapshot {
    pub(super) program: ProgramSettings,
    /// The accounts that the unit has locked.
    pub(super) mine: BTreeSet<AccountToken>,
    /// Those of them that it has opened.
    pub(super) opened: BTreeSet<AccountToken>,
    pub(super) known: Known,
    pub(super) unmatched: UnmatchedClearings,
    pub(super) evidence: Evidence,
    /// What is still to be planned, in the order in which it was created.
    pub(super) items: VecDeque<Item>,
    /// Notifications that this database has never stored: another database's, or a forgery.
    pub(super) unknown: Vec<NotificationKey>,
}

impl Snapshot {
    /// Reads what the notifications need. Accounts that do not exist yet are opened and locked here.
    pub(super) async fn read(
        unit: &mut Unit,
        keys: &[NotificationKey],
        program: ProgramSettings,
        mut mine: BTreeSet<AccountToken>,
    ) -> Result<Self, StoreError> {
        let stored = unit.read_notifications(keys).await?;
        let unknown = list_unknown(keys, &stored);
        let controls = Arc::clone(unit.controls());
        let read_item = |stored| read(stored, &program, &controls);
        let items = sort_waiting(stored, read_item);
        let wanted = wanted(&items);
        let mut known = unit.read_known(&wanted).await?;
        let existing = mine.clone();
        let revived = open_missing(unit, &items, &wanted, &mut mine, &mut known, read_item).await?;
        let unmatched = UnmatchedClearings::read(unit, &items).await?;
        Ok(Self {
            program,
            opened: &mine - &existing,
            mine,
            known,
            unmatched,
            evidence: Evidence::default(),
            items: revived.into_iter().chain(items).collect(),
            unknown,
        })
    }

    /// Does another transaction have the account?
    pub(super) fn is_contended(&self, account: &AccountToken) -> bool {
        self.known.accounts.contains_key(account) && !self.mine.contains(account)
    }
}

fn list_unknown(keys: &[NotificationKey], stored: &[StoredNotification]) -> Vec<NotificationKey> {
    let known: BTreeSet<&NotificationKey> = stored.iter().map(|stored| &stored.key).collect();
    let unknown = keys.iter().filter(|key| !known.contains(key));
    unknown.cloned().collect()
}

/// What is waiting, in the order in which it was created.
fn sort_waiting(
    stored: Vec<StoredNotification>,
    read_item: impl Fn(StoredNotification) -> Item,
) -> Vec<Item> {
    let waiting = stored.into_iter().filter(|stored| stored.is_waiting);
    let mut items: Vec<Item> = waiting.map(read_item).collect();
    items.sort_by_key(Item::created);
    items
}
