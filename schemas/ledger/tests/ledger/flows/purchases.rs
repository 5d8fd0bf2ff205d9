//! Purchases in two messages: authorized, changed, cleared.

use crate::table::check;

#[test]
fn flow_6_1_plain_purchase() {
    check(
        "fund 500.00
         ours t1 42.10
         => posted 500.00 held 42.10 available 457.90
         auth t1 42.10
         => posted 500.00 held 42.10 available 457.90
         clear t2 42.10 of=t1
         => posted 457.90 held 0.00 available 457.90",
    );
}

#[test]
fn flow_6_2_several_clearings() {
    check(
        "fund 500.00
         auth t1 100.00
         => posted 500.00 held 100.00 available 400.00
         clear t2 40.00 of=t1
         => posted 460.00 held 60.00 available 400.00
         clear t3 35.00 of=t1 final release=25.00
         => posted 425.00 held 0.00 available 425.00",
    );
}

#[test]
fn flow_6_3_clearing_above_the_authorization() {
    check(
        "fund 500.00
         auth t1 60.00
         => posted 500.00 held 60.00 available 440.00
         clear t2 72.00 of=t1
         => posted 428.00 held 0.00 available 428.00",
    );
}

#[test]
fn flow_6_4_clearing_below_the_authorization() {
    check(
        "fund 500.00
         auth t1 100.00
         => posted 500.00 held 100.00 available 400.00
         clear t2 80.00 of=t1
         => posted 420.00 held 20.00 available 400.00",
    );
    check(
        "fund 500.00
         auth t1 100.00
         => posted 500.00 held 100.00 available 400.00
         clear t2 80.00 of=t1 final release=20.00
         => posted 420.00 held 0.00 available 420.00",
    );
}

#[test]
fn flow_6_5_increments() {
    check(
        "fund 500.00
         auth t1 100.00
         => posted 500.00 held 100.00 available 400.00
         incr t2 40.00 of=t1
         => posted 500.00 held 140.00 available 360.00
         incr t3 20.00 of=t1
         => posted 500.00 held 160.00 available 340.00
         clear t4 160.00 of=t3
         => posted 340.00 held 0.00 available 340.00",
    );
}

#[test]
fn flow_6_6_fuel_with_advice() {
    check(
        "fund 500.00
         auth t1 125.00
         => posted 500.00 held 125.00 available 375.00
         advice t2 38.44 of=t1 was=125.00
         => posted 500.00 held 38.44 available 461.56
         clear t3 38.44 of=t2
         => posted 461.56 held 0.00 available 461.56",
    );
}

#[test]
fn flow_6_7_partial_reversal() {
    check(
        "fund 500.00
         auth t1 250.00
         => posted 500.00 held 250.00 available 250.00
         reverse t2 100.00 of=t1
         => posted 500.00 held 150.00 available 350.00
         clear t3 150.00 of=t1
         => posted 350.00 held 0.00 available 350.00",
    );
}

#[test]
fn flow_6_8_full_reversal() {
    check(
        "fund 500.00
         auth t1 500.00
         => posted 500.00 held 500.00 available 0.00
         reverse t2 500.00 of=t1 full
         => posted 500.00 held 0.00 available 500.00",
    );
}

#[test]
fn flow_6_9_issuer_expiration_and_a_late_clearing() {
    check(
        "fund 500.00
         auth t1 80.00
         => posted 500.00 held 80.00 available 420.00
         issuer-expiry t2 80.00 of=t1
         => posted 500.00 held 0.00 available 500.00
         clear t3 80.00 of=t1
         => posted 420.00 held 0.00 available 420.00",
    );
}

#[test]
fn flow_6_10_force_post() {
    check(
        "fund 500.00
         force t1 18.75
         => posted 481.25 held 0.00 available 481.25",
    );
}

#[test]
fn flow_6_15_fuel_status_check_of_one_dollar() {
    check(
        "fund 500.00
         auth t1 1.00 days=1
         => posted 500.00 held 1.00 available 499.00
         clear t2 60.00 of=t1
         => posted 440.00 held 0.00 available 440.00",
    );
    check(
        "fund 500.00
         auth t1 1.00 days=1
         => held 1.00
         expire t1 at=1
         => posted 500.00 held 0.00 available 500.00",
    );
}
