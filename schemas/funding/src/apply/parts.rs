//! Dividing a large batch: its shards are dealt out to transactions that run side by side. They share no
//! account and no counter, so none waits for another; while one is being flushed the other does its work.

use holdfast_ledger::shard::{Shard, ShardCount};
use holdfast_store::notification::NotificationKey;
use std::collections::BTreeMap;

/// Transactions at the same time: one more than a small machine has cores, so that none idles while one
/// transaction is flushed.
const PARTS: usize = 3;
/// A batch of so many is not worth a second transaction's round trips and flush.
const WHOLE_MAX: usize = 64;

/// The parts of a batch, each with shards of its own.
pub(super) fn of(keys: Vec<NotificationKey>, shards: ShardCount) -> Vec<Vec<NotificationKey>> {
    if keys.len() <= WHOLE_MAX {
        return vec![keys];
    }
    let mut by_shard: BTreeMap<Shard, Vec<NotificationKey>> = BTreeMap::new();
    for key in keys {
        by_shard
            .entry(shards.of(&key.account))
            .or_default()
            .push(key);
    }
    let mut largest_first: Vec<_> = by_shard.into_values().collect();
    largest_first.sort_by_key(|keys| std::cmp::Reverse(keys.len()));
    let mut parts = vec![Vec::new(); PARTS];
    for keys in largest_first {
        if let Some(smallest) = parts.iter_mut().min_by_key(|part| part.len()) {
            smallest.extend(keys);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use holdfast_ledger::token::{AccountToken, TransactionToken};
    use std::collections::BTreeSet;

    fn keys(of: impl Fn(usize) -> String, count: usize) -> Vec<NotificationKey> {
        let key = |number: usize| NotificationKey {
            account: AccountToken::parse(&of(number)).unwrap(),
            token: TransactionToken::parse(&format!("t-{number}")).unwrap(),
            state: String::new(),
        };
        (0..count).map(key).collect()
    }

    #[test]
    fn parts_are_about_equal_and_share_no_shard() {
        let shards = ShardCount::DEFAULT;
        let parts = of(keys(|number| format!("account-{number}"), 500), shards);
        let shards_of = |part: &Vec<NotificationKey>| -> BTreeSet<Shard> {
            part.iter().map(|key| shards.of(&key.account)).collect()
        };
        assert_eq!(parts.len(), PARTS);
        assert!(parts.iter().all(|part| part.len() > 100));
        assert!(shards_of(&parts[0]).is_disjoint(&shards_of(&parts[1])));
    }

    #[test]
    fn little_work_or_one_shard_is_not_divided() {
        let small = keys(|number| format!("account-{number}"), WHOLE_MAX);
        assert_eq!(of(small.clone(), ShardCount::DEFAULT), [small]);
        let one = keys(|_| "account".to_owned(), 500);
        assert_eq!(of(one.clone(), ShardCount::DEFAULT), [one]);
    }
}
