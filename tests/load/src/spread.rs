//! Which account is asked next.

mod zipf;

use holdfast_simulator::Random;
use std::cell::Cell;
use std::rc::Rc;
use zipf::Zipf;

/// Exponent of the Zipf spread: the usual one of caches and shops.
const EXPONENT: f64 = 0.99;

/// How requests spread over accounts.
#[derive(Debug, Clone)]
pub(crate) enum Spread {
    /// Each account as often as any other.
    Uniform(u32),
    /// A few accounts are asked very often, most hardly ever.
    Zipf(Rc<Zipf>),
    /// One account is asked every time.
    Hot,
    /// Each account once, then those again. All clones take turns.
    InTurn(Rc<Cell<u32>>, u32),
}

impl Spread {
    /// Over so many accounts, the most popular first.
    pub(crate) fn zipf(accounts: u32) -> Self {
        Self::Zipf(Rc::new(Zipf::new(accounts, EXPONENT)))
    }

    /// Each of so many accounts, one after the other.
    pub(crate) fn in_turn(accounts: u32) -> Self {
        Self::InTurn(Rc::default(), accounts)
    }

    /// The next account.
    pub(crate) fn pick(&self, random: &mut Random) -> u32 {
        match self {
            Self::Uniform(accounts) => u32::try_from(random.below((*accounts).into())).unwrap_or(0),
            Self::Zipf(zipf) => zipf.pick(random.bits()),
            Self::Hot => 0,
            Self::InTurn(next, accounts) => {
                let account = next.get();
                next.set((account + 1) % accounts.max(&1));
                account
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Spread;
    use holdfast_simulator::Random;
    use std::collections::BTreeSet;

    #[test]
    fn uniform_reaches_every_account_and_hot_only_one() {
        let mut random = Random::new(1);
        let picked = |spread: &Spread, random: &mut Random| -> BTreeSet<u32> {
            (0..2_000).map(|_| spread.pick(random)).collect()
        };
        let all = picked(&Spread::Uniform(100), &mut random);
        assert_eq!((all.len(), all.last()), (100, Some(&99)));
        assert_eq!(picked(&Spread::Hot, &mut random), BTreeSet::from([0]));
        let (one, turns) = (Spread::in_turn(3), 2);
        let other = one.clone();
        for wanted in [0, 1, 2].repeat(turns).chunks_exact(2) {
            let got = [one.pick(&mut random), other.pick(&mut random)];
            assert_eq!(got, wanted);
        }
    }
}
