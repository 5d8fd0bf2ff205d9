//! Facts and standings as they are stored: short, and read again as they were.

use crate::books::Arrival;
use crate::table::{arrivals, in_order};
use holdfast_ledger::fact::Fact;
use holdfast_ledger::fold::Standing;
use holdfast_ledger::hold::MccRange;
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::policy::Policy;

fn standing(table: &str) -> Standing {
    let books = in_order(table);
    let hold = books.live().next().expect("a hold");
    hold.standing.clone()
}

fn again(standing: &Standing) -> String {
    let text = serde_json::to_string(standing).expect("it is JSON");
    let read: Standing = serde_json::from_str(&text).expect("it is read again");
    assert_eq!(read, *standing);
    text
}

#[test]
fn a_standing_says_nothing_of_disputes_that_it_has_not() {
    let plain = again(&standing("auth t1 60.00\nclear t2 40.00 of=t1"));
    let line = plain.split_once("\"USD\":").expect("a line").1;
    assert!(
        !line.contains("\"s\"") && !line.contains("\"o\""),
        "{plain}"
    );
    let disputed = again(&standing("dispute d1 40.00 of=t2"));
    assert!(disputed.contains(r#""s":"40""#), "{disputed}");
    let lost = again(&standing(
        "provisional-credit d1 40.00 of=t2\nwrite-off d2 40.00 of=t2",
    ));
    assert!(lost.contains(r#""o":"40""#), "{lost}");
}

#[test]
fn a_line_of_nothing_is_left_out() {
    for table in [
        "auth t1 0.00",
        "nothing t1 0.00",
        "ours t1 60.00\ndecline t1",
        "dispute d1 40.00 of=t2\nlost d2 40.00 of=t2",
    ] {
        assert!(standing(table).lines.is_empty(), "{table}");
    }
}

#[test]
fn what_is_held_or_promised_is_waited_for_and_has_a_deadline() {
    for (table, is_open, is_pending) in [
        ("auth t1 60.00", true, true),
        ("credit-auth t1 60.00", false, true),
        ("auth t1 60.00\nclear t2 60.00 of=t1", false, false),
        ("debit t1 60.00", false, false),
    ] {
        let standing = standing(table);
        assert_eq!(standing.is_open(), is_open, "{table}");
        assert_eq!(standing.is_pending(), is_pending, "{table}");
        assert_eq!(standing.expires.is_some(), is_pending, "{table}");
    }
}

#[test]
fn facts_of_every_kind_are_read_again() {
    let rows = "auth t1 60.00 days=3 card=c mid=m code=1 net=n expires=9
        incr t2 5.00 of=t1
        advice t3 9.00 of=t1 was=12
        reverse t4 1.00 of=t1 full
        clear t5 4.00 of=t1 final release=2
        force t6 1.00
        credit-auth t7 1.00 fast
        won d1 1.00 of=t5 credit-user=yes
        decline t8 1.00 as=debit
        auth t9 1.00 state=SLEEPING at=none";
    for arrival in arrivals(rows) {
        let Arrival::Message(message) = arrival else {
            unreachable!("all are messages")
        };
        let text = serde_json::to_string(&message.fact).expect("it is JSON");
        let read: Fact = serde_json::from_str(&text).expect("it is read again");
        assert_eq!(read, message.fact, "{text}");
    }
}

#[test]
fn what_an_older_version_stored_is_read() {
    let fact = r#"{"t":"t1","s":"us","k":"original","a":"60","c":"USD"}"#;
    let fact: Fact = serde_json::from_str(fact).expect("a fact");
    assert_eq!((fact.days, fact.card_and_merchant), (None, None));
    let policy: Policy = serde_json::from_str(r#"{"d":7}"#).expect("a policy");
    assert_eq!(policy, Policy::default());
}

#[test]
fn amounts_currencies_and_categories_are_texts() {
    let amount = Amount::parse("42.10").expect("an amount");
    let yen = Currency::parse("JPY").expect("a currency");
    let lodging = MccRange::parse("3501-3790").expect("a range");
    let all = serde_json::to_string(&(amount, yen, lodging)).expect("it is JSON");
    assert_eq!(all, r#"["42.1","JPY","3501-3790"]"#);
    let owed = serde_json::to_string(&amount.debit()).expect("it is JSON");
    assert_eq!(owed, r#""-42.1""#);
    assert_eq!(amount.debit().value(), -amount.value());
    for (said, is_one) in [(r#""42.1""#, true), (r#""-1""#, false), ("42.1", false)] {
        assert_eq!(
            serde_json::from_str::<Amount>(said).is_ok(),
            is_one,
            "{said}"
        );
    }
    let read: Amount = serde_json::from_str(r#""42.1""#).expect("an amount");
    assert_eq!(read, amount);
    assert_eq!(format!("{yen} {yen:?}"), "JPY JPY");
    assert!(serde_json::from_str::<MccRange>(r#""hotel""#).is_err());
}

#[test]
fn the_longest_number_that_is_read() {
    let zeros = |digits: usize| format!("1.{}", "0".repeat(digits - 2));
    assert!(Amount::parse(&zeros(64)).is_ok());
    assert!(Amount::parse(&zeros(65)).is_err());
    assert!(Amount::parse("１").is_err());
    assert!(Amount::parse("").is_err());
}
