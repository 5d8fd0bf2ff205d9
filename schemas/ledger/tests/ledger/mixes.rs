//! Six rows of every important mix, in all of their 720 orders.

use crate::table::check;

#[test]
fn a_purchase_with_everything() {
    check(
        "fund 500.00
         ours t1 100.00
         auth t1 90.00
         incr t2 40.00 of=t1
         advice t3 80.00 of=t2
         reverse t4 20.00 of=t3
         clear t5 35.00 of=t4
         => held 25.00 posted 465.00 released 20.00 cleared 35.00 holds 1",
    );
}

#[test]
fn an_increment_and_an_end_and_another_increment() {
    check(
        "auth t1 100.00
         reverse t2 100.00 of=t1 full
         incr t3 40.00 of=t2
         clear t4 10.00 of=t3
         clear t5 10.00 of=t3 final
         incr t6 5.00 of=t5
         => held 5.00 posted -20.00 authorized 145.00 released 100.00 cleared 20.00",
    );
}

#[test]
fn expiry_a_late_increment_and_late_clearings() {
    check(
        "auth t1 100.00
         expire t1
         incr t2 40.00 of=t1 at=5
         clear t3 60.00 of=t2 at=8
         clear t4 60.00 of=t2 at=9 cur=EUR
         expire t1 at=15
         => EUR posted -60.00 held 0.00
         => USD held 0.00 posted -60.00 cleared 60.00",
    );
}

#[test]
fn a_declined_purchase_that_clears() {
    check(
        "ours t1 100.00
         auth t1 100.00
         decline t1
         advice t2 50.00 of=t1
         clear t3 60.00 of=t2
         reverse t4 100.00 of=t1 full
         => held 0.00 posted -60.00 released 0.00",
    );
}

#[test]
fn two_purchases_and_a_refund_do_not_mix() {
    check(
        "auth t1 100.00
         clear t2 60.00 of=t1
         auth u1 30.00
         reverse u2 30.00 of=u1 full
         credit c1 60.00
         credit-reverse c2 10.00 of=c1
         => held 40.00 posted -10.00 released 30.00 holds 3",
    );
}

#[test]
fn a_debit_and_a_credit_with_their_reversals() {
    check(
        "ours d1 20.00 as=debit
         debit d1 15.00
         undo-debit d2 5.00 of=d1
         credit-auth c1 50.00 fast
         credit-reverse c2 20.00 of=c1
         credit-clear c3 30.00 of=c1
         => posted 20.00 pending 0.00 held 0.00 holds 2",
    );
}

#[test]
fn messages_that_carry_one_link_each() {
    check(
        "auth t1 100.00
         incr t2 40.00 of=t1 link=jit
         incr t3 20.00 of=t2 link=preceding
         advice t4 120.00 of=t3 link=order
         clear t5 60.00 of=t4 link=preceding
         reverse t6 10.00 of=t5 link=preceding
         => held 50.00 posted -60.00 authorized 160.00 released 10.00 holds 1",
    );
}
