//! The shares of the shards in a page: each waiting shard gets an equal share, and what a shard does not need
//! goes to the others. One busy shard fills whole pages without delaying the rest.

use holdfast_ledger::shard::Shard;
use std::collections::BTreeMap;

/// Gives each shard its share of `limit` events, at most as many as it has waiting.
pub(super) fn divide_page(waiting: &BTreeMap<Shard, i64>, limit: i64) -> BTreeMap<Shard, i64> {
    let mut shards: Vec<(i64, Shard)> = waiting
        .iter()
        .filter(|(_, n)| **n > 0)
        .map(|(shard, n)| (*n, *shard))
        .collect();
    shards.sort_unstable();
    let mut left = limit;
    let mut remaining_shards = i64::try_from(shards.len()).unwrap_or(i64::MAX);
    let mut shares = BTreeMap::new();
    for (count, shard) in shards {
        let share = count.min((left / remaining_shards).max(1));
        shares.insert(shard, share);
        left = (left - share).max(0);
        remaining_shards -= 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divide(waiting: &[i64], limit: i64) -> Vec<i64> {
        let waiting = (0..).map(Shard).zip(waiting.iter().copied()).collect();
        divide_page(&waiting, limit).into_values().collect()
    }

    #[test]
    fn a_busy_shard_fills_what_the_others_leave() {
        assert_eq!(divide(&[10_000, 3, 0, 1], 500), [496, 3, 1]);
        assert_eq!(divide(&[10_000, 10_000], 500), [250, 250]);
    }

    #[test]
    fn each_waiting_shard_gets_at_least_one_event() {
        assert_eq!(divide(&[9; 4], 2), [1, 1, 1, 1]);
        assert!(divide(&[0, 0], 500).is_empty());
    }
}
