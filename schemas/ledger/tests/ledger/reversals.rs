//! Reversals, the network's expiration, and clearings that come all the same (reference 6.7 to 6.10).

use crate::table::check;

#[test]
fn partial_reversal_then_clearing() {
    check(
        "fund 500.00
         auth t1 250.00
         reverse t2 100.00 of=t1
         => held 150.00 posted 500.00 released 100.00
         clear t3 150.00 of=t1
         => held 0.00 posted 350.00 authorized 250.00 released 100.00 cleared 150.00",
    );
}

#[test]
fn full_reversal() {
    check("auth t1 500.00\nreverse t2 500.00 of=t1 full\n=> held 0.00 posted 0.00 released 500.00");
}

#[test]
fn a_reversal_without_an_amount_releases_all() {
    check(
        "auth t1 100.00
         incr t2 40.00 of=t1
         reverse t3 of=t2 full
         => held 0.00 released 140.00",
    );
}

#[test]
fn a_reversal_releases_its_own_amount_in_every_state() {
    for state in ["PENDING", "CLEARED", "COMPLETION"] {
        check(&format!(
            "auth t1 100.00\nreverse t2 30.00 of=t1 state={state}\n=> held 70.00"
        ));
    }
    check(
        "auth t1 100.00
         incr t2 40.00 of=t1
         reverse t3 40.00 of=t2 full
         => held 100.00 released 40.00",
    );
}

#[test]
fn a_reversal_of_at_least_what_is_open_releases_the_increase_as_well() {
    check("auth t1 100.00 increase=20.00\nreverse t2 100.00 of=t1 full\n=> held 0.00");
    check("auth t1 100.00 increase=20.00\nreverse t2 60.00 of=t1 full\n=> held 60.00");
}

#[test]
fn a_reversal_in_another_currency_leaves_the_hold() {
    check("auth t1 100.00\nreverse t2 100.00 of=t1 full cur=EUR\n=> held 100.00 released 0.00");
}

#[test]
fn an_increment_after_a_full_reversal_holds_again() {
    check(
        "auth t1 100.00
         reverse t2 100.00 of=t1 full
         incr t3 40.00 of=t2
         => held 40.00 authorized 140.00 released 100.00",
    );
}

#[test]
fn a_partial_reversal_of_more_than_is_held_stops_at_nothing() {
    check("auth t1 30.00\nreverse t2 100.00 of=t1\n=> held 0.00 released 30.00");
}

#[test]
fn a_reversal_after_the_clearing_posts_nothing() {
    check(
        "auth t1 100.00
         clear t2 100.00 of=t1
         reverse t3 100.00 of=t1 full
         => held 0.00 posted -100.00 released 0.00 cleared 100.00",
    );
}

#[test]
fn a_reversal_is_taken_in_any_state_but_declined_and_error() {
    check("auth t1 100.00\nreverse t2 30.00 of=t1 state=COMPLETION\n=> held 70.00");
    check("auth t1 100.00\nreverse t2 100.00 of=t1 full state=PENDING\n=> held 0.00");
    check("auth t1 100.00\nreverse t2 30.00 of=t1\ndecline t2\n=> held 100.00");
    check("auth t1 100.00\nreverse t2 100.00 of=t1 full\nerror t2\n=> held 100.00");
}

#[test]
fn issuer_expiration_lets_the_rest_go() {
    check(
        "auth t1 100.00
         clear t2 40.00 of=t1
         issuer-expiry t3 of=t1
         => held 0.00 posted -40.00 released 60.00",
    );
}

#[test]
fn a_clearing_after_the_issuer_expiration_is_posted_without_hold() {
    check(
        "auth t1 100.00
         issuer-expiry t2 of=t1
         clear t3 100.00 of=t1
         => held 0.00 posted -100.00 released 100.00 cleared 100.00",
    );
}

#[test]
fn a_forced_post_takes_money_and_has_a_hold_of_its_own() {
    check(
        "auth t1 50.00
         force t7 18.75
         => held 50.00 posted -18.75 cleared 18.75 holds 2",
    );
}
