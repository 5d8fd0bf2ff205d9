//! Force captures and the purchases they are matched to by score (reference sections 6.10 and 7.2).

use crate::books::Books;
use crate::table::in_order;
use holdfast_ledger::fact::{Kind, Source};
use holdfast_ledger::hold::{Hold, Score, best};
use holdfast_ledger::token::TransactionToken;

const DAYS: u16 = 10;

fn hold<'a>(books: &'a Books, token: &str) -> &'a Hold {
    let token = TransactionToken::parse(token).expect("a token");
    books
        .live()
        .find(|hold| hold.knows(&token))
        .expect("a hold")
}

/// The points that a capture and a purchase have in common.
fn points(purchase: &str, capture: &str) -> Option<u8> {
    let books = in_order(&format!("auth t1 {purchase}\nforce f1 {capture}"));
    let capture = hold(&books, "f1").unmatched_capture().expect("a capture");
    Score::of(capture, hold(&books, "t1"), DAYS).map(|score| score.0)
}

#[test]
fn points_for_what_is_the_same() {
    let purchase = "60.00 card=c mid=m code=123";
    for (capture, expected) in [
        ("60.00 card=c mid=m code=123", Some(100)),
        ("60.00 card=c mid=m", Some(70)),
        ("60.00 card=c code=123", Some(75)),
        ("75.00 card=c mid=m code=123", Some(90)),
        ("45.00 card=c mid=m code=123", Some(90)),
        ("75.01 card=c mid=m code=123", Some(80)),
        ("44.99 card=c mid=m code=123", Some(80)),
        ("60.00 card=c mid=m code=999", Some(40)),
        ("1.00 card=c mid=x code=999", Some(0)),
        ("60.00 card=d mid=m code=123", None),
        ("60.00 mid=m code=123", None),
        ("60.00 card=c mid=m code=123 cur=EUR", None),
        ("60.00 card=c mid=m code=123 at=9", Some(100)),
        ("60.00 card=c mid=m code=123 at=10", None),
    ] {
        assert_eq!(points(purchase, capture), expected, "{capture}");
    }
}

#[test]
fn a_purchase_that_is_over_is_no_candidate() {
    let capture = "force f1 60.00 card=c mid=m code=123 at=9";
    for (story, fits) in [
        ("auth t1 60.00 card=c mid=m", true),
        ("auth t1 60.00 card=c mid=m\nexpire t1 at=7", true),
        ("auth t1 60.00 card=c mid=m\nissuer-expiry t2 of=t1", true),
        ("auth t1 60.00 card=c mid=m\nclear t2 5.00 of=t1", false),
        (
            "auth t1 60.00 card=c mid=m\nreverse t2 60.00 of=t1 full",
            false,
        ),
        ("auth t1 60.00 card=c mid=m\nrelease t1", false),
        ("ours t1 60.00 card=c mid=m\ndecline t1", false),
        ("debit t1 60.00 card=c mid=m", false),
    ] {
        let books = in_order(&format!("{story}\n{capture}"));
        let captured = hold(&books, "f1").unmatched_capture().expect("a capture");
        let score = Score::of(captured, hold(&books, "t1"), DAYS);
        assert_eq!(score.is_some(), fits, "{story}");
    }
}

#[test]
fn the_best_fits_and_of_equals_the_one_opened_last() {
    let books = in_order(
        "auth t1 60.00 card=c mid=m
         auth t2 60.00 card=c mid=m
         auth t3 61.00 card=c mid=m
         force f1 60.00 card=c mid=m",
    );
    let capture = hold(&books, "f1").unmatched_capture().expect("a capture");
    let (found, score) = best(capture, books.live(), DAYS).expect("a match");
    assert_eq!((&found.id, score.0), (&hold(&books, "t2").id, 70));
}

/// Matches `f1` to `t1`, by score or by hand.
fn act(books: &mut Books, source: &Source) {
    let (capture, purchase) = (hold(books, "f1").id.clone(), hold(books, "t1").id.clone());
    let act = TransactionToken::parse("match:1").expect("a token");
    let plan = books
        .account
        .plan_match((&capture, &purchase), (&act, source, Score(70)));
    let plan = plan.expect("no overflow").expect("a match");
    books.enact(plan.purchase);
    books.enact(plan.capture);
}

/// Takes the match of a hold back.
fn undo(books: &mut Books, token: &str) {
    let id = hold(books, token).id.clone();
    let plan = books.account.plan_unmatch(&id).expect("no overflow");
    let plan = plan.expect("a match");
    assert!(!plan.purchase.hold.has_capture() && plan.capture.hold.has_capture());
    books.enact(plan.purchase);
    books.enact(plan.capture);
}

#[test]
fn there_is_no_match_between_what_is_no_capture_and_what_is_no_purchase() {
    let books = in_order("auth t1 60.00\nauth t2 60.00\nforce f1 60.00\nforce f2 60.00");
    let act = TransactionToken::parse("match:1").expect("a token");
    let by = (&act, &Source::Operator, Score::BY_HAND);
    for (capture, purchase) in [("t1", "t2"), ("f1", "f2"), ("t1", "f1")] {
        let pair = (&hold(&books, capture).id, &hold(&books, purchase).id);
        let plan = books.account.plan_match(pair, by).expect("no overflow");
        assert!(plan.is_none(), "{capture} {purchase}");
    }
    let unmatched = &hold(&books, "t1").id;
    let plan = books.account.plan_unmatch(unmatched).expect("no overflow");
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
    let figures = |books: &Books| {
        let usd = holdfast_ledger::money::Currency::parse("USD").expect("a currency");
        let balance = books.account.balance(usd);
        (balance.posted.text(usd), balance.held.text(usd))
    };
    assert_eq!(figures(&books), ("445.00".into(), "0.00".into()));
    for (one, other) in [("f1", "t1"), ("t1", "f1")] {
        let (one, other) = (hold(&books, one), hold(&books, other));
        let matched = one.matched().expect("a match");
        assert_eq!((matched.with, matched.score), (&other.id, Score(70)));
    }
    assert_eq!(hold(&books, "f1").unmatched_capture(), None);
    undo(&mut books, "f1");
    assert_eq!(figures(&books), ("445.00".into(), "60.00".into()));
    assert!(hold(&books, "t1").matched().is_none());
    assert!(hold(&books, "f1").unmatched_capture().is_some());
}

#[test]
fn a_match_is_taken_back_from_either_side_and_made_anew() {
    let mut books = in_order("auth t1 60.00\nforce f1 60.00");
    act(&mut books, &Source::Matched);
    undo(&mut books, "t1");
    let (capture, purchase) = (hold(&books, "f1").id.clone(), hold(&books, "t1").id.clone());
    let again = TransactionToken::parse("match:2").expect("a token");
    let by = (&again, &Source::Operator, Score::BY_HAND);
    let plan = books.account.plan_match((&capture, &purchase), by);
    let plan = plan.expect("no overflow").expect("a match");
    books.enact(plan.purchase);
    books.enact(plan.capture);
    assert_eq!(
        hold(&books, "t1").matched().map(|matched| matched.score),
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
    assert!(purchase.matched().is_some() && !purchase.standing.is_open());
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
    let waits = |token| hold(&books, token).unmatched_capture().is_some();
    assert!(waits("f1") && !waits("f2") && !waits("t1"));
}
