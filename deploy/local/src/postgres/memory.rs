//! How much memory a server of our own takes for its cache.

/// Postgres's own default, in MiB; also where this machine does not say what it has.
pub(super) const LEAST: u32 = 128;
/// More was never tried; the operating system caches the rest.
const MOST: u32 = 1_024;
/// A part of the machine: there are others who need memory.
const PART: u32 = 8;

/// The cache of a server that has this machine's purchases to keep, in MiB. It is taken from the system as it is
/// used, so an idle server takes little.
pub(super) fn shared_buffers_mib() -> u32 {
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    total_mib(&memory).map_or(LEAST, |mib| (mib / PART).clamp(LEAST, MOST))
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
        assert!((LEAST..=MOST).contains(&shared_buffers_mib()));
    }
}
