//! Clearings without an authorization and the purchases they are matched to (reference sections 6.10 and 7.2).

use crate::books::Books;
use crate::table::in_order;
use holdfast_ledger::fact::{Kind, Source};
use holdfast_ledger::hold::{Hold, MatchAct, Score};
use holdfast_ledger::token::TransactionToken;

fn token(text: &str) -> TransactionToken {
    TransactionToken::parse(text).expect("a token")
}

fn hold<'a>(books: &'a Books, token: &str) -> &'a Hold {
    let token = self::token(token);
    books
        .live()
        .find(|hold| hold.has_message(&token))
        .expect("a hold")
}

#[test]
fn a_clearing_that_names_an_unknown_message_waits_for_its_purchase_as_well() {
    let mut books = in_order(
        "fund 500.00
         auth t1 60.00 card=c mid=m
         clear f1 60.00 of=lost card=c mid=m
         => posted 440.00 held 60.00",
    );
    act(&mut books, &Source::Matched);
    assert_eq!(figures(&books), ("440.00".into(), "0.00".into()));
    assert_eq!(hold(&books, "f1").unmatched_clearing(), None);
}

#[test]
fn a_match_consumes_what_was_cleared_and_no_more() {
    let mut books = in_order(
        "auth t1 100.00 card=c mid=m
         clear f1 40.00 of=lost card=c mid=m",
    );
    act(&mut books, &Source::Matched);
    assert_eq!(figures(&books), ("-40.00".into(), "60.00".into()));
}

#[test]
fn a_match_is_void_once_messages_show_that_both_are_one() {
    let with_link = "auth t1 100.00 card=c mid=m
         clear f1 40.00 of=lost card=c mid=m
         advice lost 100.00 of=t1";
    let plain = in_order(with_link);
    let mut books = in_order(with_link.rsplit_once('\n').expect("three rows").0);
    act(&mut books, &Source::Matched);
    for arrival in crate::table::arrivals(with_link).iter().skip(2) {
        books.take(arrival);
    }
    assert_eq!(books.balances(), plain.balances());
    assert!(books.live().all(|hold| hold.first_match().is_none()));
}

#[test]
fn a_match_is_void_also_where_its_clearing_has_moved_to_another_hold_first() {
    let messages = "auth t1 100.00 card=c mid=m
         clear e1 10.00 of=first link=preceding
         clear f1 40.00 of=lost link=preceding card=c mid=m
         clear lost 5.00 of=first link=preceding
         advice first 90.00 of=t1";
    let plain = in_order(messages);
    let arrivals = crate::table::arrivals(messages);
    let beginning: Vec<&str> = messages.lines().take(3).collect();
    let mut books = in_order(&beginning.join("\n"));
    act(&mut books, &Source::Matched);
    for arrival in arrivals.iter().skip(3) {
        books.take(arrival);
    }
    assert_eq!(books.balances(), plain.balances());
    assert!(books.live().all(|hold| hold.first_match().is_none()));
}

/// Posted and held, in dollars.
fn figures(books: &Books) -> (String, String) {
    let usd = holdfast_ledger::money::Currency::parse("USD").expect("a currency");
    let balance = books.account.balance(usd);
    (balance.posted.text(usd), balance.held.text(usd))
}

/// Matches `f1` to `t1`, by score or by hand.
fn act(books: &mut Books, source: &Source) {
    let (capture, purchase) = (hold(books, "f1").id.clone(), hold(books, "t1").id.clone());
    let act = TransactionToken::parse("match:1").expect("a token");
    let act = MatchAct {
        token: &act,
        source,
        score: Score(70),
    };
    let plan = books
        .account
        .plan_match((&capture, &token("f1")), &purchase, act);
    let plan = plan.expect("no overflow").expect("a match");
    books.apply_plan(plan.purchase);
    books.apply_plan(plan.clearing);
}

/// Takes the match of a hold back.
fn undo(books: &mut Books, token: &str) {
    let one = hold(books, token);
    let act = one.first_match().expect("a match").act.clone();
    let id = one.id.clone();
    let plan = books.account.plan_unmatch(&id, &act).expect("no overflow");
    let plan = plan.expect("a match");
    let (purchase, clearing) = (&plan.purchase.hold, &plan.clearing.hold);
    assert!(!purchase.is_of_clearings_alone() && clearing.is_of_clearings_alone());
    books.apply_plan(plan.purchase);
    books.apply_plan(plan.clearing);
}

#[test]
fn there_is_no_match_between_what_is_no_capture_and_what_is_no_purchase() {
    let books = in_order("auth t1 60.00\nauth t2 60.00\nforce f1 60.00\nforce f2 60.00");
    let act = TransactionToken::parse("match:1").expect("a token");
    let by = MatchAct {
        token: &act,
        source: &Source::Operator,
        score: Score::BY_HAND,
    };
    for (capture, purchase) in [("t1", "t2"), ("f1", "f2"), ("t1", "f1")] {
        let clearing = (&hold(&books, capture).id, &token(capture));
        let purchase_hold = &hold(&books, purchase).id;
        let plan = books.account.plan_match(clearing, purchase_hold, by);
        let plan = plan.expect("no overflow");
        assert!(plan.is_none(), "{capture} {purchase}");
    }
    let unmatched = &hold(&books, "t1").id;
    let plan = books
        .account
        .plan_unmatch(unmatched, &act)
        .expect("no overflow");
    assert!(plan.is_none());
}

#[test]
fn a_match_drops_the_hold_and_can_be_taken_back() {
    let mut books = in_order(
        "fund 500.00
         auth t1 60.00 card=c mid=m
         force f1 55.00 card=c mid=m
         => posted 445.00 held 60.00",
    );
    act(&mut books, &Source::Matched);
    assert_eq!(figures(&books), ("445.00".into(), "0.00".into()));
    for (one, other) in [("f1", "t1"), ("t1", "f1")] {
        let (one, other) = (hold(&books, one), hold(&books, other));
        let matched = one.first_match().expect("a match");
        assert_eq!((matched.with, matched.score), (&other.id, Score(70)));
    }
    assert_eq!(hold(&books, "f1").unmatched_clearing(), None);
    undo(&mut books, "f1");
    assert_eq!(figures(&books), ("445.00".into(), "60.00".into()));
    assert!(hold(&books, "t1").first_match().is_none());
    assert!(hold(&books, "f1").unmatched_clearing().is_some());
}

#[test]
fn a_match_is_taken_back_from_either_side_and_made_again() {
    let mut books = in_order("auth t1 60.00\nforce f1 60.00");
    act(&mut books, &Source::Matched);
    undo(&mut books, "t1");
    let (capture, purchase) = (hold(&books, "f1").id.clone(), hold(&books, "t1").id.clone());
    let again = TransactionToken::parse("match:2").expect("a token");
    let by = MatchAct {
        token: &again,
        source: &Source::Operator,
        score: Score::BY_HAND,
    };
    let plan = books
        .account
        .plan_match((&capture, &token("f1")), &purchase, by);
    let plan = plan.expect("no overflow").expect("a match");
    books.apply_plan(plan.purchase);
    books.apply_plan(plan.clearing);
    assert_eq!(
        hold(&books, "t1")
            .first_match()
            .map(|matched| matched.score),
        Some(Score::BY_HAND)
    );
}

#[test]
fn an_increment_after_the_capture_holds_again() {
    let mut books = in_order(
        "auth t1 60.00 card=c mid=m
         force f1 60.00 card=c mid=m
         incr t2 5.00 of=t1",
    );
    act(&mut books, &Source::Matched);
    let usd = holdfast_ledger::money::Currency::parse("USD").expect("a currency");
    assert_eq!(books.account.balance(usd).held.text(usd), "5.00");
}

#[test]
fn a_match_by_hand_is_worth_everything() {
    let mut books = in_order("auth t1 60.00\nforce f1 60.00");
    act(&mut books, &Source::Operator);
    let purchase = hold(&books, "t1");
    assert!(purchase.first_match().is_some() && !purchase.standing.is_open());
    let is_match = |fact: &&holdfast_ledger::fact::Fact| matches!(fact.kind, Kind::Match { .. });
    assert_eq!(purchase.facts.iter().filter(is_match).count(), 1);
}

#[test]
fn a_capture_that_came_to_nothing_waits_for_no_purchase() {
    let books = in_order(
        "force f1 60.00
         force f2 60.00 state=DECLINED
         auth t1 60.00",
    );
    let waits = |token| hold(&books, token).unmatched_clearing().is_some();
    assert!(waits("f1") && !waits("f2") && !waits("t1"));
}

#[test]
fn an_advice_after_a_match_knows_what_was_cleared_elsewhere() {
    let mut books = in_order(
        "auth t1 100.00 card=c mid=m
         clear f1 40.00 of=lost card=c mid=m
         advice t3 70.00 of=t1",
    );
    act(&mut books, &Source::Matched);
    assert_eq!(figures(&books), ("-40.00".into(), "30.00".into()));
}

#[test]
fn a_match_of_all_that_was_authorized_ends_the_increase() {
    let mut books = in_order(
        "auth t1 100.00 card=c mid=m increase=20.00
         clear f1 100.00 of=lost card=c mid=m",
    );
    act(&mut books, &Source::Matched);
    assert_eq!(figures(&books), ("-100.00".into(), "0.00".into()));
}
