//! Single-message debits: PIN, ATM, account funding (reference 6.13, 6.14).

use crate::table::check;

#[test]
fn a_pin_debit_takes_the_money_at_approval_and_once() {
    check(
        "fund 500.00
         ours t8 15.00 as=debit
         => held 0.00 posted 485.00 available 485.00
         debit t8 15.00
         => held 0.00 posted 485.00 authorized 15.00 cleared 15.00 holds 1",
    );
}

#[test]
fn a_declined_debit_gives_the_money_back() {
    check("fund 50.00\nours t8 15.00 as=debit\ndecline t8\n=> posted 50.00 cleared 0.00");
}

#[test]
fn a_debit_is_undone_as_far_as_it_was_taken() {
    check("debit t8 15.00\nundo-debit t9 15.00 of=t8\n=> posted 0.00 released 15.00");
    check("debit t8 15.00\nundo-debit t9 5.00 of=t8\n=> posted -10.00 released 5.00");
    check("debit t8 15.00\nundo-debit t9 99.00 of=t8\n=> posted 0.00 released 15.00");
}

#[test]
fn two_reversals_of_one_debit_give_back_no_more_than_was_taken() {
    check(
        "debit t8 15.00
         undo-debit t9 10.00 of=t8
         undo-debit t10 10.00 of=t8
         => posted 0.00 released 15.00",
    );
}

#[test]
fn a_declined_reversal_undoes_nothing() {
    check("debit t8 15.00\nundo-debit t9 15.00 of=t8\ndecline t9\n=> posted -15.00");
}

#[test]
fn nothing_is_undone_of_a_debit_that_was_declined() {
    check("debit t8 15.00\ndecline t8\nundo-debit t9 15.00 of=t8\n=> posted 0.00 released 0.00");
}

#[test]
fn fuel_with_pin_is_a_purchase_of_two_messages() {
    check("auth t1 75.00\nclear t2 40.00 of=t1 final\n=> held 0.00 posted -40.00");
}

#[test]
fn a_debit_reversal_leaves_what_clearings_took() {
    check(
        "auth t1 40.00
         clear t2 40.00 of=t1
         undo-debit t3 40.00 of=t2
         => held 0.00 posted -40.00",
    );
}

#[test]
fn a_debit_that_is_undone_is_no_longer_cleared() {
    check(
        "debit t8 15.00
         undo-debit t9 15.00 of=t8
         => posted 0.00 authorized 15.00 cleared 0.00 released 15.00 used 0.00",
    );
}

#[test]
fn a_debit_is_taken_back_in_its_final_state_only() {
    for state in ["PENDING", "CLEARED"] {
        check(&format!(
            "debit t8 15.00\nundo-debit t9 15.00 of=t8 state={state}\n=> posted -15.00"
        ));
    }
}

#[test]
fn a_debit_that_is_notified_before_it_is_final_is_held_and_posted_once() {
    check("debit t8 15.00 state=PENDING\n=> posted 0.00 held 15.00 cleared 0.00");
    check(
        "debit t8 15.00 state=PENDING
         debit t8 15.00
         => posted -15.00 held 0.00 authorized 15.00 cleared 15.00",
    );
    check("debit t8 15.00 state=PENDING at=0\nexpire t8 at=7\n=> posted 0.00 held 0.00");
}

#[test]
fn a_debit_that_we_approved_stays_posted_when_it_is_notified_before_it_is_final() {
    check("ours t8 15.00 as=debit\ndebit t8 15.00 state=PENDING\n=> posted -15.00 held 0.00");
}
