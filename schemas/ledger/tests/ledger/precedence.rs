//! Which of several words about one message counts (design section 2, "Reduce per token first").

use crate::table::check;

#[test]
fn marqetas_amount_wins_over_ours() {
    check("ours t1 100.00\nauth t1 80.00\n=> held 80.00 authorized 80.00 holds 1");
    check("ours t1 80.00\nauth t1 100.00\n=> held 100.00 authorized 100.00 holds 1");
}

#[test]
fn declined_beats_our_approval_and_every_other_state() {
    check(
        "ours t1 100.00
         => held 100.00
         decline t1
         => held 0.00 authorized 0.00 holds 1",
    );
    check(
        "ours t1 100.00
         auth t1 100.00
         auth t1 100.00 state=CLEARED
         auth t1 100.00 state=COMPLETION
         decline t1
         => held 0.00 authorized 0.00 holds 1",
    );
}

#[test]
fn error_beats_every_state_but_declined() {
    check("ours t1 100.00\nauth t1 100.00 state=COMPLETION\nerror t1\n=> held 0.00");
    check("auth t1 100.00\nerror t1\ndecline t1\n=> held 0.00");
}

#[test]
fn completion_beats_cleared_beats_pending() {
    check("auth t1 10.00\nauth t1 20.00 state=CLEARED\n=> held 20.00");
    check("auth t1 10.00 state=CLEARED\nauth t1 20.00 state=COMPLETION\n=> held 20.00");
    check(
        "auth t1 10.00 state=COMPLETION
         auth t1 20.00 state=CLEARED
         auth t1 30.00 state=PENDING
         => held 10.00",
    );
}

#[test]
fn money_moves_only_when_it_is_final() {
    check(
        "auth t1 100.00
         clear t2 60.00 of=t1 state=PENDING
         => held 100.00 posted 0.00
         clear t2 60.00 of=t1
         => held 40.00 posted -60.00",
    );
    check("auth t1 100.00\nclear t2 60.00 of=t1 state=CLEARED\n=> held 100.00 posted 0.00");
    check("auth t1 100.00\nclear t2 60.00 of=t1\nerror t2\n=> held 100.00 posted 0.00");
    check("force t1 60.00 state=PENDING\n=> posted 0.00");
}

#[test]
fn a_stand_in_approval_holds_like_ours() {
    check("standin t1 100.00\nclear t2 60.00 of=t1\n=> held 40.00 posted -60.00 holds 1");
}

#[test]
fn a_late_decision_of_ours_joins_the_stand_in_approval() {
    check("ours t1 80.00 as=standin\nstandin t1 100.00\n=> held 100.00 holds 1");
}

#[test]
fn a_stand_in_that_was_declined_holds_nothing() {
    check("standin t1 100.00\ndecline t1\n=> held 0.00");
}

#[test]
fn an_unknown_state_books_nothing() {
    check("auth t1 100.00\nclear t2 60.00 of=t1 state=HELD\n=> held 100.00 posted 0.00");
    check(
        "auth t1 10.00 state=HELD
         auth t1 20.00 state=MARKED
         auth t1 30.00
         => held 30.00",
    );
}

#[test]
fn an_unknown_state_leaves_our_approval_standing() {
    check("ours t1 100.00\nauth t1 100.00 state=HELD\n=> held 100.00");
}

#[test]
fn of_two_unknown_states_the_arrival_does_not_choose() {
    // MARKED comes after HELD in the alphabet, so m follows t1 and the advice goes before the increment.
    check(
        "auth t1 100.00 order=o
         nothing m of=t3 order=o state=HELD
         nothing m of=t1 order=o state=MARKED
         advice t2 80.00 of=m order=o
         incr t3 50.00 of=t1 order=o
         => held 130.00 holds 1",
    );
}
