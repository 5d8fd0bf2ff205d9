//! The cache size of an embedded server.

/// Postgres's own default, in MiB; also used when the machine's memory is unknown.
pub(super) const MIN_MIB: u32 = 128;
/// Larger caches were not measured; the operating system caches the rest.
const MAX_MIB: u32 = 1_024;
/// One part in this many of the machine's memory: other processes need the rest.
const MEMORY_SHARE: u32 = 8;

/// Computes the cache size in MiB. It is taken from the system as it is
/// used, so an idle server takes little.
pub(super) fn shared_buffers_mib() -> u32 {
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    total_mib(&memory).map_or(MIN_MIB, |mib| (mib / MEMORY_SHARE).clamp(MIN_MIB, MAX_MIB))
}

/// From the line `MemTotal:       24684016 kB`.
fn total_mib(meminfo: &str) -> Option<u32> {
    let line = meminfo.lines().find(|line| line.starts_with("MemTotal:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    u32::try_from(kib / 1_024).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_is_a_part_of_the_memory_within_bounds() {
        let lines = "MemTotal:       24684016 kB\nMemFree:        20889912 kB\n";
        assert_eq!(total_mib(lines), Some(24_105));
        assert_eq!(total_mib("MemFree: 1 kB"), None);
        assert!((MIN_MIB..=MAX_MIB).contains(&shared_buffers_mib()));
    }
}
