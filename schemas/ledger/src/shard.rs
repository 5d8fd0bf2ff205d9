//! Which shard an account lives in: the partition that Kafka's Java clients choose for its key, so
//! that shard number and partition number are one. (librdkafka's own default is CRC32: never use it.)

use crate::token::AccountToken;
use serde::{Deserialize, Serialize};

/// The number of a shard, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Shard(pub i32);

impl From<i32> for Shard {
    fn from(number: i32) -> Self {
        Self(number)
    }
}

/// How many shards a database has; fixed when it is created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShardCount(i32);

impl ShardCount {
    /// Unless told otherwise: enough for a few workers a role, few enough for one transaction.
    pub const DEFAULT: Self = Self(16);

    /// `None` unless it is between 1 and 1,024.
    #[must_use]
    pub fn new(count: i32) -> Option<Self> {
        (1..=1024).contains(&count).then_some(Self(count))
    }

    /// The count as a number.
    #[must_use]
    pub fn get(self) -> i32 {
        self.0
    }

    /// The shard of an account.
    #[must_use]
    pub fn of(self, account: &AccountToken) -> Shard {
        self.of_key(account.as_str())
    }

    /// The shard of any record key (a dead letter may have no account).
    #[must_use]
    pub fn of_key(self, key: &str) -> Shard {
        // Java: (murmur2(key) & 0x7fffffff) % partitions
        let positive = murmur2(key.as_bytes()) & 0x7fff_ffff;
        let shards = u32::try_from(self.0).unwrap_or(1).max(1);
        Shard(i32::try_from(positive % shards).unwrap_or(0))
    }
}

/// MurmurHash2 as in `org.apache.kafka.common.utils.Utils.murmur2`.
#[must_use]
pub fn murmur2(bytes: &[u8]) -> u32 {
    const M: u32 = 0x5bd1_e995;
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    let mut h = 0x9747_b28c_u32 ^ length;
    let mut words = bytes.chunks_exact(4);
    for word in &mut words {
        let mut k = word
            .iter()
            .rev()
            .fold(0_u32, |k, &byte| (k << 8) | u32::from(byte));
        k = k.wrapping_mul(M);
        k ^= k >> 24;
        h = h.wrapping_mul(M) ^ k.wrapping_mul(M);
    }
    let rest = words.remainder();
    if !rest.is_empty() {
        h ^= rest
            .iter()
            .rev()
            .fold(0_u32, |k, &byte| (k << 8) | u32::from(byte));
        h = h.wrapping_mul(M);
    }
    h ^= h >> 13;
    h = h.wrapping_mul(M);
    h ^ (h >> 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors of Apache Kafka's own `UtilsTest.testMurmur2`.
    #[test]
    fn hashes_as_java_does() {
        let vectors: [(&str, i32); 6] = [
            ("21", -973_932_308),
            ("foobar", -790_332_482),
            ("a-little-bit-long-string", -985_981_536),
            ("a-little-bit-longer-string", -1_486_304_829),
            (
                "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8",
                -58_897_971,
            ),
            ("abc", 479_470_107),
        ];
        for (key, hash) in vectors {
            assert_eq!(murmur2(key.as_bytes()), hash.cast_unsigned(), "{key}");
        }
    }

    #[test]
    fn a_shard_is_a_partition_number() {
        let shards = ShardCount::DEFAULT;
        // (-973932308 & 0x7fffffff) % 16
        assert_eq!(shards.of_key("21"), Shard(12));
        assert!(ShardCount::new(0).is_none());
    }
}
