//! A processor that numbers the changes of one object: the latest version counts, whatever comes first.

use crate::books::START;
use holdfast_ledger::fact::{ClearingRecord, Fact, Kind, Source, State};
use holdfast_ledger::hold::Hold;
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::policy::Policy;
use holdfast_ledger::token::{HoldId, TransactionToken};

fn fact(token: &str, version: u32, source: Source, kind: Kind, amount: &str) -> Fact {
    Fact {
        created: Some(START),
        version,
        ..Fact::new(
            TransactionToken::parse(token).expect("a token"),
            source,
            kind,
            Amount::parse(amount).expect("an amount"),
            Currency::parse("USD").expect("a currency"),
        )
    }
}

/// Held and posted after the facts arrived in this order.
fn balances(facts: &[Fact]) -> (String, String) {
    let id = HoldId::parse("hold").expect("a name");
    let mut hold = Hold::open(id, Policy::default(), START);
    for fact in facts {
        hold.add_fact(fact.clone());
    }
    let usd = Currency::parse("USD").expect("a currency");
    let line = hold.fold_standing().expect("no overflow").line(usd);
    (line.held.text(usd), line.posted.text(usd))
}

/// Every order of a few facts.
fn orders(facts: &[Fact]) -> Vec<Vec<Fact>> {
    if facts.len() <= 1 {
        return vec![facts.to_vec()];
    }
    let places = 0..facts.len();
    places
        .flat_map(|place| {
            let mut rest = facts.to_vec();
            let first = rest.remove(place);
            let orders = orders(&rest).into_iter();
            orders.map(move |order| [vec![first.clone()], order].concat())
        })
        .collect()
}

#[test]
fn the_latest_version_of_absolute_amounts_counts_in_every_order() {
    let pending = || Source::Notified(State::Pending);
    let cleared = || Kind::Clearing {
        is_final: false,
        released: Amount::ZERO,
        record: ClearingRecord::default(),
    };
    let completion = || Source::Notified(State::Completion);
    let facts = [
        fact("tx", 1, Source::Decision, Kind::Original, "40.00"),
        fact("tx", 2, Source::Decision, Kind::Original, "100.00"),
        fact("tx", 1, pending(), Kind::Original, "40.00"),
        fact("tx.cleared", 3, completion(), cleared(), "30.00"),
        fact("tx.cleared", 4, completion(), cleared(), "70.00"),
    ];
    for order in orders(&facts) {
        let found = balances(&order);
        assert_eq!(
            found,
            ("30.00".to_owned(), "-70.00".to_owned()),
            "{order:?}"
        );
    }
}

#[test]
fn a_fact_knows_the_message_that_it_was_taken_from() {
    let plain = fact("tx", 0, Source::Decision, Kind::Original, "1.00");
    let second = fact("tx", 2, Source::Decision, Kind::Original, "1.00");
    let messages = ["tx", "tx:0", "tx:2", "tx:22", "tx2", "t"];
    let of = |fact: &Fact| messages.map(|token| fact.is_of_message(token));
    assert_eq!(of(&plain), [true, false, false, false, false, false]);
    assert_eq!(of(&second), [true, false, true, false, false, false]);
}

#[test]
fn an_older_notification_does_not_outrank_a_newer_decision() {
    let older = fact(
        "tx",
        1,
        Source::Notified(State::Pending),
        Kind::Original,
        "40.00",
    );
    let newer = fact("tx", 2, Source::Decision, Kind::Original, "100.00");
    assert_eq!(balances(&[newer.clone(), older.clone()]).0, "100.00");
    assert_eq!(balances(&[older, newer]).0, "100.00");
}
