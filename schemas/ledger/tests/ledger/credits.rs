//! Refunds and credits (reference 6.11, 6.12, OCT).

use crate::table::check;

#[test]
fn an_offline_refund_gives_money_in_a_hold_of_its_own() {
    check(
        "auth t1 100.00
         clear t2 100.00 of=t1
         credit c1 100.00 of=t1
         => held 0.00 posted 0.00 holds 2",
    );
}

#[test]
fn a_credit_that_is_pending_or_declined_gives_nothing() {
    check("credit c1 20.00 state=PENDING\n=> posted 0.00");
    check("credit c1 20.00\ndecline c1\n=> posted 0.00");
}

#[test]
fn a_credit_is_taken_back_as_far_as_it_was_given() {
    check("credit c1 20.00\ncredit-reverse c2 20.00 of=c1\n=> posted 0.00 holds 1");
    check("credit c1 20.00\ncredit-reverse c2 5.00 of=c1\n=> posted 15.00");
    check("credit c1 20.00\ncredit-reverse c2 99.00 of=c1\n=> posted 0.00");
}

#[test]
fn an_online_refund_is_pending_until_it_clears() {
    check(
        "fund 10.00
         ours c1 20.00 as=credit-auth
         => pending 20.00 posted 10.00 available 10.00
         credit-auth c1 20.00
         => pending 20.00 posted 10.00 available 10.00
         credit-clear c2 20.00 of=c1
         => pending 0.00 posted 30.00 available 30.00 holds 1",
    );
}

#[test]
fn a_refund_authorization_that_is_declined_promises_nothing() {
    check("credit-auth c1 20.00\ndecline c1\n=> pending 0.00 posted 0.00");
}

#[test]
fn a_refund_clears_though_its_authorization_was_declined() {
    check(
        "credit-auth c1 20.00\ndecline c1\ncredit-clear c2 20.00 of=c1\n=> pending 0.00 posted 20.00",
    );
}

#[test]
fn a_refund_clearing_with_another_amount_settles_the_promise() {
    check("credit-auth c1 20.00\ncredit-clear c2 18.00 of=c1\n=> pending 0.00 posted 18.00");
}

#[test]
fn a_promise_that_is_reversed_or_expires_is_gone() {
    check("credit-auth c1 20.00\ncredit-reverse c2 20.00 of=c1\n=> pending 0.00 posted 0.00");
    check("credit-auth c1 20.00\ncredit-reverse c2 5.00 of=c1\n=> pending 15.00 posted 0.00");
    check("credit-auth c1 20.00\nexpire c1\n=> pending 0.00 posted 0.00");
}

#[test]
fn fast_funds_are_posted_at_authorization_and_the_clearing_gives_the_difference() {
    check(
        "credit-auth c1 20.00 fast
         => pending 0.00 posted 20.00
         credit-clear c2 20.00 of=c1
         => pending 0.00 posted 20.00",
    );
    check("credit-auth c1 20.00 fast\ncredit-clear c2 25.00 of=c1\n=> posted 25.00");
    check("credit-auth c1 20.00 fast\ncredit-clear c2 15.00 of=c1\n=> posted 15.00");
}

#[test]
fn fast_funds_cleared_in_parts_are_given_once() {
    check(
        "credit-auth c1 50.00 fast
         credit-clear c2 30.00 of=c1
         credit-clear c3 20.00 of=c1
         => pending 0.00 posted 50.00",
    );
}

#[test]
fn fast_funds_that_are_reversed_are_taken_back() {
    check("credit-auth c1 20.00 fast\ncredit-reverse c2 20.00 of=c1\n=> posted 0.00");
    check(
        "credit-auth c1 50.00 fast
         credit-reverse c2 20.00 of=c1
         => posted 30.00
         credit-clear c3 30.00 of=c1
         => posted 30.00",
    );
}

#[test]
fn fast_funds_stay_when_time_runs_out() {
    check("credit-auth c1 20.00 fast\nexpire c1\n=> posted 20.00");
}

#[test]
fn a_program_may_give_refunds_at_authorization() {
    check(
        "policy credit-at-authorization
         credit-auth c1 20.00
         => pending 0.00 posted 20.00
         credit-clear c2 18.00 of=c1
         => pending 0.00 posted 18.00",
    );
}

#[test]
fn a_reversal_after_the_clearing_takes_the_credit_back() {
    check(
        "credit-auth c1 20.00
         credit-clear c2 20.00 of=c1
         credit-reverse c3 20.00 of=c2
         => pending 0.00 posted 0.00",
    );
}
