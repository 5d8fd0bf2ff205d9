//! What in a purchase a person should look at.

use crate::table::in_order;
use holdfast_ledger::fold::Surprise;

/// The surprises of all holds, in words.
fn surprises(table: &str) -> Vec<String> {
    let books = in_order(table);
    let of_all = books
        .live()
        .flat_map(|hold| hold.surprises().expect("no overflow"));
    let words = |surprise: Surprise| match surprise {
        Surprise::AdviceDelta {
            token,
            told,
            dropped,
        } => format!("{token} told {} dropped {}", told.value(), dropped.value()),
        Surprise::ReversalOfCleared { token } => format!("{token} reverses nothing"),
    };
    of_all.map(words).collect()
}

#[test]
fn an_advice_that_lets_another_amount_go_than_it_says() {
    let purchase = "auth t1 125.00\nadvice t2 38.44 of=t1 was=";
    assert_eq!(
        surprises(&format!("{purchase}125.00")),
        Vec::<String>::new()
    );
    assert_eq!(
        surprises(&format!("{purchase}120.00")),
        ["t2 told 81.56 dropped 86.56"]
    );
}

#[test]
fn an_advice_of_which_the_purchase_is_not_known_surprises_nobody() {
    assert_eq!(
        surprises("advice t2 38.44 of=t1 was=125"),
        Vec::<String>::new()
    );
}

#[test]
fn an_advice_that_says_nothing_of_what_it_lets_go() {
    assert_eq!(
        surprises("auth t1 125.00\nadvice t2 38.44 of=t1"),
        Vec::<String>::new()
    );
}

#[test]
fn a_reversal_when_all_is_collected() {
    let cleared = "auth t1 60.00\nclear t2 60.00 of=t1\nreverse t3 60.00 of=t2";
    assert_eq!(surprises(cleared), ["t3 reverses nothing"]);
    let full = format!("{cleared} full");
    assert_eq!(surprises(&full), ["t3 reverses nothing"]);
}

#[test]
fn a_reversal_of_what_is_held_or_was_never_collected_is_none() {
    for table in [
        "auth t1 60.00\nclear t2 20.00 of=t1\nreverse t3 40.00 of=t2",
        "auth t1 60.00\nreverse t3 60.00 of=t1 full\nreverse t4 60.00 of=t1 full",
        "reverse t3 60.00 of=t1 full",
    ] {
        assert_eq!(surprises(table), Vec::<String>::new(), "{table}");
    }
}
