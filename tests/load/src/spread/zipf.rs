//! The Zipf distribution, exactly: the sums of all weights once, then one binary search a pick.

/// Account `n` is picked with a weight of `1 / (n + 1)^exponent`.
#[derive(Debug)]
pub(crate) struct Zipf {
    /// The sum of the weights up to each account, of a whole of 2^64.
    sums: Vec<u64>,
}

impl Zipf {
    /// For accounts `0..accounts`.
    pub(crate) fn new(accounts: u32, exponent: f64) -> Self {
        let weight = |n: u32| f64::from(n + 1).powf(-exponent);
        let whole: f64 = (0..accounts).map(weight).sum();
        let mut sum = 0.0;
        let scaled = |n: u32| {
            sum += weight(n);
            // A float beyond the largest integer becomes the largest.
            (sum / whole * 2.0_f64.powi(64)) as u64
        };
        Self {
            sums: (0..accounts).map(scaled).collect(),
        }
    }

    /// The account that these random bits pick.
    pub(crate) fn pick(&self, bits: u64) -> u32 {
        let place = self.sums.partition_point(|sum| *sum <= bits);
        let last = self.sums.len().saturating_sub(1);
        u32::try_from(place.min(last)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::Zipf;
    use holdfast_simulator::Random;

    #[test]
    fn picks_follow_the_distribution() {
        const PICKS: u32 = 400_000;
        let (zipf, mut random) = (Zipf::new(1_000, 1.0), Random::new(5));
        let mut counts = vec![0_u32; 1_000];
        for _ in 0..PICKS {
            counts[zipf.pick(random.bits()) as usize] += 1;
        }
        let harmonic: f64 = (1..=1_000).map(|n| 1.0 / f64::from(n)).sum();
        for rank in [1_u32, 2, 10, 100] {
            let expected = f64::from(PICKS) / f64::from(rank) / harmonic;
            let found = f64::from(counts[rank as usize - 1]);
            // Five standard deviations.
            assert!(
                (found - expected).abs() < 5.0 * expected.sqrt(),
                "rank {rank}: {found}, expected {expected}"
            );
        }
    }

    #[test]
    fn the_ends_are_accounts() {
        let zipf = Zipf::new(3, 0.99);
        assert_eq!((zipf.pick(0), zipf.pick(u64::MAX)), (0, 2));
    }
}
