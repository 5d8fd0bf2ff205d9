//! Debits in one message, what moves no money, declines, approvals in our place.

use crate::table::check;

#[test]
fn flow_6_13_pin_debit_its_reversal_and_its_refund() {
    check(
        "fund 500.00
         ours t1 15.00 as=debit
         => posted 485.00 held 0.00 available 485.00
         debit t1 15.00
         => posted 485.00 held 0.00 available 485.00
         undo-debit t2 15.00 of=t1
         => posted 500.00 held 0.00 available 500.00",
    );
    check(
        "fund 500.00
         debit t1 15.00
         => posted 485.00
         credit t2 5.00
         => posted 490.00 available 490.00",
    );
}

#[test]
fn flow_6_14_cash_at_a_machine() {
    // In the US in one message, in Europe in two.
    check("fund 500.00\ndebit t1 103.00\n=> posted 397.00 held 0.00 available 397.00");
    check(
        "fund 500.00
         auth t1 103.00
         => posted 500.00 held 103.00 available 397.00
         clear t2 103.00 of=t1
         => posted 397.00 held 0.00 available 397.00",
    );
}

#[test]
fn flow_6_16_account_verification_and_balance_inquiry() {
    check("fund 500.00\nauth t1 0.00\n=> posted 500.00 held 0.00 available 500.00");
    check("fund 500.00\nnothing t1 0.00\n=> posted 500.00 held 0.00 available 500.00");
}

#[test]
fn flow_6_16_the_card_pays_into_another_account() {
    check(
        "fund 500.00
         auth t1 75.00
         => posted 500.00 held 75.00 available 425.00
         reverse t2 75.00 of=t1 full
         => posted 500.00 held 0.00 available 500.00",
    );
}

#[test]
fn flow_6_19_declines() {
    check(
        "fund 500.00
         ours t1 42.10
         => held 42.10 available 457.90
         decline t1
         => posted 500.00 held 0.00 available 500.00",
    );
}

#[test]
fn flow_6_20_stand_in() {
    check(
        "fund 10.00
         standin t1 42.10
         => posted 10.00 held 42.10 available -32.10
         clear t2 42.10 of=t1
         => posted -32.10 held 0.00 available -32.10",
    );
}
