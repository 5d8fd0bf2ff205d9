//! How a page is divided among the shards that wait: everybody gets an equal part, and what one does not
//! need goes to the others, so that one busy shard fills whole pages without holding up the rest.

use holdfast_ledger::shard::Shard;
use std::collections::BTreeMap;

/// Gives each shard its part of `limit` events, never more than it has waiting.
pub(super) fn divide(waiting: &BTreeMap<Shard, i64>, limit: i64) -> BTreeMap<Shard, i64> {
    let mut shards: Vec<(i64, Shard)> = waiting
        .iter()
        .filter(|(_, n)| **n > 0)
        .map(|(shard, n)| (*n, *shard))
        .collect();
    shards.sort_unstable();
    let mut left = limit;
    let mut takers = i64::try_from(shards.len()).unwrap_or(i64::MAX);
    let mut parts = BTreeMap::new();
    for (waits, shard) in shards {
        let part = waits.min((left / takers).max(1));
        parts.insert(shard, part);
        left = (left - part).max(0);
        takers -= 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(waiting: &[i64], limit: i64) -> Vec<i64> {
        let waiting = (0..).map(Shard).zip(waiting.iter().copied()).collect();
        divide(&waiting, limit).into_values().collect()
    }

    #[test]
    fn a_busy_shard_fills_what_the_others_leave() {
        assert_eq!(parts(&[10_000, 3, 0, 1], 500), [496, 3, 1]);
        assert_eq!(parts(&[10_000, 10_000], 500), [250, 250]);
    }

    #[test]
    fn everybody_gets_something() {
        assert_eq!(parts(&[9; 4], 2), [1, 1, 1, 1]);
        assert!(parts(&[0, 0], 500).is_empty());
    }
}
