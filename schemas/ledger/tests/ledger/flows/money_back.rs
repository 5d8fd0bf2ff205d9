//! Refunds, money sent to the card, disputes.

use crate::table::check;

#[test]
fn flow_6_11_offline_refund() {
    check(
        "fund 500.00
         auth t1 42.10
         clear t2 42.10 of=t1
         => posted 457.90 held 0.00 available 457.90
         credit t3 42.10
         => posted 500.00 held 0.00 available 500.00 pending 0.00",
    );
}

#[test]
fn flow_6_12_online_refund() {
    check(
        "fund 500.00
         credit-auth t1 42.10
         => posted 500.00 pending 42.10 available 500.00
         credit-clear t2 42.10 of=t1
         => posted 542.10 pending 0.00 available 542.10",
    );
    check(
        "fund 500.00
         credit-auth t1 42.10
         => posted 500.00 pending 42.10 available 500.00
         credit-reverse t2 42.10 of=t1
         => posted 500.00 pending 0.00 available 500.00",
    );
}

#[test]
fn flow_6_16_money_sent_to_the_card() {
    check(
        "fund 500.00
         credit-auth t1 30.00 fast
         => posted 530.00 pending 0.00 available 530.00
         credit-clear t2 30.00 of=t1
         => posted 530.00 pending 0.00 available 530.00",
    );
    check(
        "fund 500.00
         credit t1 30.00
         => posted 530.00
         credit-reverse t2 30.00 of=t1
         => posted 500.00 available 500.00",
    );
}

#[test]
fn flow_6_17_a_dispute_with_provisional_credit() {
    check(
        "fund 500.00
         auth t1 42.10
         clear t2 42.10 of=t1
         => posted 457.90 suspense 0.00
         dispute d1 42.10 of=t2
         => posted 457.90 suspense 42.10
         provisional-credit d2 42.10 of=t2
         => posted 500.00 suspense 0.00
         won d3 42.10 of=t2
         => posted 500.00 suspense 0.00 available 500.00",
    );
}

#[test]
fn flow_6_17_a_dispute_that_is_lost() {
    check(
        "fund 500.00
         dispute d1 42.10 of=t2
         provisional-credit d2 42.10 of=t2
         => posted 542.10 suspense 0.00
         provisional-debit d3 42.10 of=t2
         => posted 500.00 suspense 42.10
         lost d4 42.10 of=t2
         => posted 500.00 suspense 0.00",
    );
}
