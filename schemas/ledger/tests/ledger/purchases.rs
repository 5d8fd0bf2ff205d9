//! Purchases from authorization to clearing (reference 6.1 to 6.6, 6.15, 6.16).

use crate::table::{arrivals, check, in_order};
use holdfast_ledger::entry::Layer;

#[test]
fn plain_purchase() {
    check(
        "fund 500.00
         ours t1 42.10
         => held 42.10 posted 500.00 available 457.90
         auth t1 42.10
         => held 42.10 posted 500.00 available 457.90
         clear t2 42.10 of=t1
         => held 0.00 posted 457.90 available 457.90 authorized 42.10 released 0.00 cleared 42.10 holds 1",
    );
}

#[test]
fn split_shipment_the_final_clearing_lets_the_rest_go() {
    check(
        "fund 500.00
         auth t1 100.00
         => held 100.00 posted 500.00
         clear t2 40.00 of=t1
         => held 60.00 posted 460.00
         clear t3 35.00 of=t1 final release=25.00
         => held 0.00 posted 425.00 available 425.00 cleared 75.00",
    );
}

#[test]
fn without_the_final_flag_the_rest_stays_held() {
    check(
        "auth t1 100.00
         clear t2 40.00 of=t1
         clear t3 35.00 of=t1
         => held 25.00 posted -75.00 cleared 75.00",
    );
}

#[test]
fn a_tip_clears_more_than_was_authorized() {
    check(
        "fund 500.00
         auth t1 60.00
         clear t2 72.00 of=t1
         => held 0.00 posted 428.00 authorized 60.00 cleared 72.00",
    );
}

#[test]
fn a_clearing_above_the_hold_may_overdraw() {
    check(
        "fund 65.00
         auth t1 60.00
         clear t2 72.00 of=t1
         => held 0.00 posted -7.00 available -7.00",
    );
}

#[test]
fn a_clearing_below_the_authorization_leaves_the_rest_held() {
    check("auth t1 100.00\nclear t2 80.00 of=t1\n=> held 20.00 posted -80.00");
}

#[test]
fn a_final_clearing_below_the_authorization_leaves_nothing_held() {
    check("auth t1 100.00\nclear t2 80.00 of=t1 final release=20.00\n=> held 0.00 posted -80.00");
    check("auth t1 100.00\nclear t2 80.00 of=t1 final\n=> held 0.00 posted -80.00");
}

#[test]
fn amount_to_be_released_is_let_go_without_the_final_flag_too() {
    check("auth t1 100.00\nclear t2 60.00 of=t1 release=25.00\n=> held 15.00 posted -60.00");
}

#[test]
fn increments_add_up_and_one_clearing_takes_them_all() {
    check(
        "fund 500.00
         auth t1 100.00
         => held 100.00
         incr t2 40.00 of=t1
         => held 140.00
         incr t3 20.00 of=t2
         => held 160.00
         clear t4 160.00 of=t3
         => held 0.00 posted 340.00 authorized 160.00 cleared 160.00 holds 1",
    );
}

#[test]
fn a_declined_increment_leaves_the_earlier_hold() {
    check(
        "auth t1 100.00
         ours t2 40.00 as=incr of=t1
         incr t2 40.00 of=t1
         decline t2
         clear t3 30.00 of=t1
         => held 70.00 posted -30.00 authorized 100.00",
    );
}

#[test]
fn fuel_the_advice_sets_the_total_and_the_clearing_follows_it() {
    check(
        "fund 500.00
         auth t1 125.00
         => held 125.00
         advice t2 38.44 of=t1 was=125
         => held 38.44
         clear t3 38.44 of=t2
         => held 0.00 posted 461.56 authorized 125.00 released 0.00 cleared 38.44 holds 1",
    );
}

#[test]
fn an_advice_may_raise_the_total() {
    check("auth t1 1.00\nadvice t2 60.00 of=t1\n=> held 60.00 authorized 1.00");
}

#[test]
fn a_status_check_of_one_dollar_clears_at_sixty() {
    check("auth t1 1.00\nclear t2 60.00 of=t1\n=> held 0.00 posted -60.00 cleared 60.00");
}

#[test]
fn an_account_verification_changes_nothing() {
    check(
        "ours t1 0
         auth t1 0
         nothing t2
         => held 0.00 posted 0.00 pending 0.00 authorized 0.00",
    );
}

#[test]
fn yen_have_no_decimals_and_dinars_have_three() {
    check("auth t1 500 cur=JPY\nclear t2 200 of=t1 cur=JPY\n=> JPY held 300 posted -200");
    check("auth t1 1.005 cur=KWD\nclear t2 1.001 of=t1 cur=KWD\n=> KWD held 0.004 posted -1.001");
}

#[test]
fn a_repeated_message_is_kept_once() {
    let mut books = in_order("auth t1 60.00");
    for arrival in arrivals("auth t1 60.00") {
        books.take(&arrival);
    }
    let facts: Vec<usize> = books.live().map(|hold| hold.facts.len()).collect();
    assert_eq!(facts, [1]);
}

#[test]
fn outside_two_kinds_of_money_are_shown() {
    let names = [Layer::Settled, Layer::Held, Layer::PendingCredit].map(Layer::name);
    assert_eq!(names, ["settled", "pending", "pending"]);
}

#[test]
fn all_clearings_of_a_sequence_release_the_rest() {
    check(
        "auth t1 100.00
         clear t2 40.00 of=t1 seq=1/2
         => held 60.00
         clear t3 35.00 of=t1 seq=2/2
         => held 0.00 posted -75.00 cleared 75.00",
    );
    check("auth t1 100.00\nclear t3 35.00 of=t1 seq=2/2\n=> held 65.00");
    check(
        "policy keep-after-last-clearing
         auth t1 100.00
         clear t2 40.00 of=t1 seq=1/2
         clear t3 35.00 of=t1 seq=2/2
         => held 25.00",
    );
}

#[test]
fn an_increment_after_the_last_clearing_of_a_sequence_holds_again() {
    check(
        "auth t1 100.00
         clear t2 40.00 of=t1 seq=1/2
         clear t3 35.00 of=t1 seq=2/2
         incr t4 10.00 of=t3
         => held 10.00",
    );
}

#[test]
fn a_clearing_posts_in_its_final_state_only() {
    for state in ["PENDING", "CLEARED"] {
        check(&format!(
            "auth t1 60.00\nclear t2 60.00 of=t1 state={state}\n=> held 60.00 posted 0.00"
        ));
        check(&format!(
            "force t2 60.00 state={state}\n=> posted 0.00 cleared 0.00"
        ));
    }
}
