//! When a refused envelope is retried.

use std::time::Duration;

/// Retries before Marqeta gives up, after a little more than twelve days.
pub const RETRIES: u32 = 10;

/// The first gap; each next one is four times as long.
const FIRST_GAP: Duration = Duration::from_secs(4);

/// The wait before retry number `retry` (counted from 1), times `scale`; `None` after the last.
pub fn retry_gap(retry: u32, scale: f64) -> Option<Duration> {
    (1..=RETRIES)
        .contains(&retry)
        .then(|| (FIRST_GAP * 4_u32.pow(retry - 1)).mul_f64(scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gaps_are_the_documented_ones() {
        let gaps: Vec<u64> = (1..)
            .map_while(|n| retry_gap(n, 1.0))
            .map(|g| g.as_secs())
            .collect();
        assert_eq!(gaps.len(), 10);
        assert_eq!(gaps[..4], [4, 16, 64, 256]);
        let days = gaps.last().unwrap() / 86_400;
        assert_eq!(days, 12);
        assert_eq!(retry_gap(0, 1.0), None);
    }

    #[test]
    fn a_scale_shortens_them_all() {
        assert_eq!(retry_gap(2, 0.001), Some(Duration::from_millis(16)));
        assert_eq!(retry_gap(3, 0.0), Some(Duration::ZERO));
    }
}
