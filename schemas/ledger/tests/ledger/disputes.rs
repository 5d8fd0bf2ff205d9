//! Disputes (reference section 6.17): suspense, provisional credit and debit, won, lost, written off.

use crate::table::{check, in_order};

#[test]
fn won_without_a_provisional_credit() {
    check(
        "fund 500.00
         auth t1 42.10
         clear t2 42.10 of=t1
         => posted 457.90 held 0.00
         dispute d1 42.10 of=t2
         => posted 457.90 suspense 42.10
         won d2 42.10 of=t2
         => posted 500.00 suspense 0.00 available 500.00 lost 0.00",
    );
}

#[test]
fn a_provisional_credit_becomes_final_when_it_is_won_and_is_not_given_twice() {
    check(
        "fund 500.00
         auth t1 42.10
         clear t2 42.10 of=t1
         dispute d1 42.10 of=t2
         provisional-credit d2 42.10 of=t2
         => posted 500.00 suspense 0.00
         representment d3 42.10 of=t2
         => posted 500.00 suspense 0.00
         won d4 42.10 of=t2
         => posted 500.00 suspense 0.00",
    );
}

#[test]
fn a_provisional_credit_ahead_of_the_network_leaves_the_suspense_below_zero() {
    check("provisional-credit d2 42.10 of=t2\n=> posted 42.10 suspense -42.10");
}

#[test]
fn a_provisional_credit_is_taken_back() {
    check(
        "fund 500.00
         dispute d1 42.10 of=t2
         provisional-credit d2 42.10 of=t2
         provisional-debit d3 42.10 of=t2
         => posted 500.00 suspense 42.10",
    );
}

#[test]
fn lost_is_as_if_it_had_never_been_opened() {
    check(
        "fund 500.00
         dispute d1 42.10 of=t2
         provisional-credit d2 42.10 of=t2
         lost d4 42.10 of=t2
         => posted 500.00 suspense 0.00 lost 0.00",
    );
}

#[test]
fn written_off_the_customer_keeps_the_credit_at_the_programs_loss() {
    check(
        "fund 500.00
         dispute d1 42.10 of=t2
         provisional-credit d2 30.00 of=t2
         write-off d4 42.10 of=t2
         => posted 530.00 suspense 0.00 lost 30.00",
    );
}

#[test]
fn won_after_all_ends_the_loss() {
    check(
        "provisional-credit d2 30.00 of=t2
         write-off d4 30.00 of=t2
         => lost 30.00
         won d5 30.00 of=t2
         => posted 30.00 suspense 0.00 lost 0.00",
    );
}

#[test]
fn a_declined_step_counts_nothing_whatever_its_type_says() {
    check(
        "fund 500.00
         dispute d1 42.10 of=t2
         won d2 42.10 of=t2 state=DECLINED
         => posted 500.00 suspense 42.10",
    );
}

#[test]
fn each_case_is_a_hold_of_its_own_beside_the_purchase() {
    check(
        "fund 500.00
         auth t1 100.00
         clear t2 100.00 of=t1
         dispute d1 60.00 of=t2 case=1
         dispute d2 40.00 of=t2 case=2
         won d3 60.00 of=t2 case=1
         lost d4 40.00 of=t2 case=2
         => posted 460.00 suspense 0.00 holds 3",
    );
}

#[test]
fn several_currencies() {
    check(
        "fund 500.00
         dispute d1 42.10 of=t2 cur=EUR
         won d2 42.10 of=t2 cur=EUR
         => EUR posted 42.10 suspense 0.00
         => USD posted 500.00",
    );
}

#[test]
fn who_gets_the_money_is_the_programs_policy() {
    for (policy, said, posted, suspense) in [
        ("dispute-won-as-stated", "credit-user=yes", "60.00", "0.00"),
        ("dispute-won-as-stated", "credit-user=no", "0.00", "60.00"),
        ("dispute-won-as-stated", "", "0.00", "60.00"),
        ("dispute-won-keep", "credit-user=yes", "0.00", "60.00"),
    ] {
        in_order(&format!(
            "policy {policy}
             dispute d1 60.00 of=t2
             won d2 60.00 of=t2 {said}
             => posted {posted} suspense {suspense}"
        ));
    }
}

#[test]
fn what_was_credited_before_it_was_won_stays_whatever_the_policy() {
    in_order(
        "policy dispute-won-keep
         dispute d1 60.00 of=t2
         provisional-credit d2 60.00 of=t2
         won d3 60.00 of=t2
         => posted 60.00 suspense 0.00",
    );
}

#[test]
fn each_message_moves_its_own_amount() {
    check(
        "fund 500.00
         dispute d1 42.10 of=t2
         provisional-credit d2 42.10 of=t2
         provisional-debit d3 20.00 of=t2
         => posted 522.10 suspense 20.00",
    );
    check(
        "fund 500.00
         dispute d1 60.00 of=t2
         provisional-credit d2 30.00 of=t2
         provisional-credit d3 20.00 of=t2
         => posted 550.00 suspense 10.00",
    );
}

#[test]
fn a_dispute_that_is_won_credits_only_where_no_provisional_credit_stands() {
    check(
        "fund 500.00
         dispute d1 60.00 of=t2
         provisional-credit d2 60.00 of=t2
         provisional-debit d3 40.00 of=t2
         won d4 60.00 of=t2
         => posted 520.00 suspense 40.00",
    );
    check(
        "fund 500.00
         provisional-credit d2 60.00 of=t2
         provisional-debit d3 60.00 of=t2
         won d4 60.00 of=t2
         => posted 560.00 suspense 0.00",
    );
}

#[test]
fn a_dispute_that_is_lost_takes_back_what_is_left_of_the_credit() {
    check(
        "fund 500.00
         dispute d1 60.00 of=t2
         provisional-credit d2 60.00 of=t2
         provisional-debit d3 40.00 of=t2
         lost d4 60.00 of=t2
         => posted 500.00 suspense 0.00",
    );
}

#[test]
fn no_step_of_a_dispute_moves_money_before_its_final_state() {
    for state in ["PENDING", "CLEARED"] {
        for step in ["dispute", "provisional-credit", "won"] {
            check(&format!(
                "{step} d1 60.00 of=t2 state={state}\n=> posted 0.00 suspense 0.00"
            ));
        }
        check(&format!(
            "provisional-credit d1 60.00 of=t2
             lost d2 60.00 of=t2 state={state}
             => posted 60.00 suspense -60.00"
        ));
    }
}
