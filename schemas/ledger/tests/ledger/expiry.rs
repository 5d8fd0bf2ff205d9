//! Our own expiry, an operator's release, and what comes after them.

use crate::table::check;

#[test]
fn expiry_drops_what_is_still_held() {
    check(
        "auth t1 100.00\nclear t2 40.00 of=t1\nexpire t1\n=> held 0.00 posted -40.00 released 0.00",
    );
}

#[test]
fn a_clearing_after_the_expiry_is_posted_without_hold() {
    check("auth t1 100.00\nexpire t1\nclear t2 100.00 of=t1 at=9\n=> held 0.00 posted -100.00");
}

#[test]
fn expiry_is_void_when_a_later_increment_gives_more_time() {
    check("auth t1 100.00\nexpire t1\nincr t2 40.00 of=t1 at=6\n=> held 140.00");
}

#[test]
fn expiry_is_void_when_marqeta_says_a_later_time() {
    check("ours t1 100.00\nexpire t1 at=7\nauth t1 100.00 expires=30\n=> held 100.00");
}

#[test]
fn expiry_comes_earlier_when_marqeta_says_so() {
    check("auth t1 100.00 expires=2\nexpire t1 at=2\n=> held 0.00");
}

#[test]
fn a_declined_increment_gives_no_more_time() {
    check("auth t1 100.00\nincr t2 40.00 of=t1 at=6\ndecline t2\nexpire t1\n=> held 0.00");
}

#[test]
fn an_increment_in_an_unknown_state_gives_no_more_time() {
    check("auth t1 100.00\nincr t2 40.00 of=t1 at=6 state=HELD\nexpire t1\n=> held 0.00");
}

#[test]
fn a_second_expiry_ends_what_the_first_could_not() {
    check(
        "auth t1 100.00
         expire t1
         incr t2 40.00 of=t1 at=6
         => held 140.00
         expire t1 at=14
         => held 0.00 authorized 140.00",
    );
}

#[test]
fn a_purchase_without_any_time_expires_too() {
    check("auth t1 100.00 at=none\nexpire t1\n=> held 0.00");
    check("credit-auth c1 20.00 at=none\nexpire c1\n=> pending 0.00");
}

#[test]
fn a_purchase_that_follows_a_message_without_time_expires_too() {
    check("auth t1 100.00 of=t2\nnothing t2 at=none\nexpire t1\n=> held 0.00");
}

#[test]
fn an_operator_drops_what_has_no_time_too() {
    check("auth t1 100.00 at=none\nrelease t1 at=1\n=> held 0.00");
}

#[test]
fn an_operator_drops_the_hold() {
    check("auth t1 100.00\nrelease t1 at=1\n=> held 0.00 released 0.00");
    check("credit-auth c1 20.00\nrelease c1 at=1\n=> pending 0.00");
}

#[test]
fn an_increment_after_the_release_holds_again() {
    check("auth t1 100.00\nrelease t1 at=1\nincr t2 40.00 of=t1 at=2\n=> held 40.00");
}
