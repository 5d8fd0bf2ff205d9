//! Promise 5 for one purchase: the standing depends on the set of facts and on nothing else.

use crate::books::START;
use crate::generate::{facts, shuffled};
use holdfast_ledger::entry::{self, Entry};
use holdfast_ledger::fact::{Fact, Kind, Source};
use holdfast_ledger::fold::{self, Standing};
use holdfast_ledger::hold::Hold;
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::policy::{CreditAt, Policy};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{HoldId, TransactionToken};
use proptest::prelude::*;

fn policy(credit_at: CreditAt) -> Policy {
    Policy {
        hold_days: 7,
        credit_at,
        ..Policy::default()
    }
}

/// Brings the facts in batches of this size; the journal of the differences.
fn in_batches(facts: &[Fact], size: usize, policy: Policy) -> (Hold, Vec<Entry>) {
    let mut hold = Hold::open(HoldId::parse("hold").expect("a name"), policy, START);
    let mut journal = Vec::new();
    for batch in facts.chunks(size) {
        for fact in batch {
            hold.add(fact.clone());
        }
        let standing = hold.fold().expect("no overflow");
        journal.extend(entry::difference(&hold.standing, &standing).expect("no overflow"));
        hold.standing = standing;
    }
    (hold, journal)
}

fn sets_and_orders() -> impl Strategy<Value = (Vec<Fact>, Vec<Fact>)> {
    facts().prop_flat_map(|facts| {
        let arrivals = shuffled(facts.clone());
        (Just(facts), arrivals)
    })
}

fn expiry(deadline: Moment) -> Fact {
    Fact {
        created: Some(deadline),
        ..Fact::new(
            TransactionToken::parse("expiry").expect("a token"),
            Source::Expiry,
            Kind::Expiry { deadline },
            Amount::ZERO,
            Currency::parse("USD").expect("a currency"),
        )
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 500,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn neither_order_nor_repetition_nor_batches_show(
        (facts, arrivals) in sets_and_orders(),
        size in 1..6_usize,
        early in any::<bool>(),
    ) {
        let policy = policy(if early { CreditAt::Authorization } else { CreditAt::Clearing });
        let standing = fold::standing(&facts, policy, START).unwrap();
        let shuffled = fold::standing(&arrivals, policy, START).unwrap();
        prop_assert_eq!(&standing, &shuffled);
        let (hold, journal) = in_batches(&arrivals, size, policy);
        prop_assert_eq!(&standing, &hold.standing);
        let at_once = entry::difference(&Standing::default(), &standing).unwrap();
        prop_assert_eq!(entry::summed(&journal), entry::summed(&at_once));
    }

    #[test]
    fn a_standing_has_a_deadline_just_when_time_can_run_out_on_it(facts in facts()) {
        let standing = fold::standing(&facts, Policy::default(), START).unwrap();
        prop_assert_eq!(standing.expires.is_some(), standing.is_pending());
    }

    #[test]
    fn expiring_at_the_deadline_leaves_nothing_pending(facts in facts()) {
        let mut facts = facts;
        let before = fold::standing(&facts, Policy::default(), START).unwrap();
        if let Some(deadline) = before.expires {
            facts.push(expiry(deadline));
            let after = fold::standing(&facts, Policy::default(), START).unwrap();
            prop_assert!(!after.is_pending(), "{before:?} {after:?}");
        }
    }
}
