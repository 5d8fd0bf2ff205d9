//! How well a clearing and a purchase fit: card, merchant, approval code, amount, time (reference section 7.2).

use crate::books::Books;
use crate::table::in_order;
use holdfast_ledger::hold::{Hold, Score, best_match};
use holdfast_ledger::token::TransactionToken;

const DAYS: u16 = 10;

fn hold<'a>(books: &'a Books, token: &str) -> &'a Hold {
    let token = TransactionToken::parse(token).expect("a token");
    books
        .live()
        .find(|hold| hold.has_message(&token))
        .expect("a hold")
}

/// The points that a capture and a purchase have in common.
fn points(purchase: &str, capture: &str) -> Option<u8> {
    let books = in_order(&format!("auth t1 {purchase}\nforce f1 {capture}"));
    let capture = hold(&books, "f1").unmatched_clearing().expect("a capture");
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
        ("150.00 card=c mid=m code=123", Some(70)),
        ("61.00 card=c mid=m code=123", Some(100)),
        ("60.00 card=d mid=m code=123", None),
        ("60.00 mid=m code=123", None),
        ("60.00 card=c mid=m code=123 cur=EUR", None),
        ("60.00 card=c mid=m code=123 at=9", Some(100)),
        ("60.00 card=c mid=m code=123 at=25", Some(100)),
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
        ("auth t1 60.00 card=c mid=m\nclear t2 5.00 of=t1", true),
        ("auth t1 60.00 card=c mid=m\nclear t2 60.00 of=t1", false),
        (
            "auth t1 60.00 card=c mid=m\nclear t2 5.00 of=t1 final",
            false,
        ),
        ("auth t1 60.00 card=c mid=m at=11", false),
        (
            "auth t1 60.00 card=c mid=m\nreverse t2 60.00 of=t1 full",
            false,
        ),
        ("auth t1 60.00 card=c mid=m\nrelease t1", false),
        ("ours t1 60.00 card=c mid=m\ndecline t1", false),
        ("debit t1 60.00 card=c mid=m", false),
    ] {
        let books = in_order(&format!("{story}\n{capture}"));
        let captured = hold(&books, "f1").unmatched_clearing().expect("a capture");
        let score = Score::of(captured, hold(&books, "t1"), DAYS);
        assert_eq!(score.is_some(), fits, "{story}");
    }
}

#[test]
fn the_same_merchant_is_known_by_its_name_and_city() {
    let purchase = "60.00 card=c mid=m name=SHELL city=OAKLAND";
    for (capture, expected) in [
        ("60.00 card=c mid=x name=SHELL city=OAKLAND", 70),
        ("60.00 card=c mid=x name=SHELL", 65),
        ("60.00 card=c mid=x name=SHELL city=RENO", 55),
        ("60.00 card=c mid=x name=SHELLOIL city=OAKLAND", 65),
        ("60.00 card=c mid=x name=TEXACO city=OAKLAND", 45),
        ("60.00 card=c mid=m name=OTHER", 70),
    ] {
        assert_eq!(points(purchase, capture), Some(expected), "{capture}");
    }
}

#[test]
fn the_merchants_category_says_how_far_amounts_differ() {
    for (mcc, amount, expected) in [
        ("5812", "75.00", 70),
        ("5812", "75.01", 50),
        ("7011", "72.00", 70),
        ("7011", "72.01", 60),
        ("5411", "61.80", 70),
        ("5411", "61.81", 60),
        ("5411", "120.01", 40),
    ] {
        let purchase = format!("60.00 card=c mid=m mcc={mcc}");
        let capture = format!("{amount} card=c mid=m");
        assert_eq!(
            points(&purchase, &capture),
            Some(expected),
            "{mcc} {amount}"
        );
    }
}

#[test]
fn an_expired_purchase_is_a_candidate_for_some_days() {
    for (day, fits) in [("8", true), ("9", true), ("11", false)] {
        let story = format!(
            "auth t1 60.00 card=c mid=m code=1
             expire t1 at=7
             force f1 60.00 card=c mid=m code=1 at={day}"
        );
        let books = in_order(&story);
        let clearing = hold(&books, "f1").unmatched_clearing().expect("a clearing");
        let score = Score::of(clearing, hold(&books, "t1"), DAYS);
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
    let capture = hold(&books, "f1").unmatched_clearing().expect("a capture");
    let (found, score) = best_match(capture, books.live(), DAYS).expect("a match");
    assert_eq!((&found.id, score.0), (&hold(&books, "t2").id, 70));
}
