//! Messages that follow others, and those with marks.

use rust_decimal::Decimal;

use super::{expect, next, opening};
use crate::tests::fake_gateway::account;
use crate::{MessageKind, MessageOutcome};

#[test]
fn followers_name_what_they_follow() {
    let stay = opening(MessageKind::Authorization, &account("USD"), "100");
    let more = next(&stay, MessageKind::Increment, "40");
    let again = next(&more, MessageKind::Increment, "20");
    let clearing = next(&again, MessageKind::Clearing, "160");
    let quoted = |text: &str| format!("{text:?}");
    expect(
        &again.request(),
        &[
            ("type", r#""authorization.incremental""#),
            ("preceding_related_transaction_token", &quoted(&more.token)),
            (
                "gpa_order.jit_funding.original_jit_funding_token",
                &quoted(&stay.jit_token),
            ),
            (
                "incremental_authorization_transaction_tokens",
                &format!("[{:?}]", more.token),
            ),
            ("gpa_order.token", &quoted(&stay.links.order)),
            ("is_preauthorization", "true"),
        ],
    );
    let siblings = format!("[{:?},{:?}]", more.jit_token, again.jit_token);
    expect(
        &clearing.notification(&MessageOutcome::without_request(&clearing)),
        &[
            ("type", r#""authorization.clearing""#),
            ("state", r#""COMPLETION""#),
            ("preceding_related_transaction_token", &quoted(&again.token)),
            (
                "gpa_order.jit_funding.original_jit_funding_token",
                &quoted(&stay.jit_token),
            ),
            (
                "gpa_order.jit_funding.incremental_authorization_jit_funding_tokens",
                &siblings,
            ),
            ("gpa_order.token", &quoted(&stay.links.order)),
            ("gpa_order.funding.gateway_log", "nothing"),
            ("gpa.impacted_amount", "-160.0"),
        ],
    );
}

#[test]
fn an_advice_names_the_new_total_and_lets_the_difference_go() {
    let pump = opening(MessageKind::Authorization, &account("USD"), "125");
    let mut advice = next(&pump, MessageKind::Advice, "38.44");
    advice.marks.reduction = Some("86.56".parse().unwrap());
    let clearing = next(&advice, MessageKind::Clearing, "38.44");
    expect(
        &advice.notification(&MessageOutcome::without_request(&advice)),
        &[
            ("state", r#""PENDING""#),
            ("amount", "38.44"),
            ("gpa_order.jit_funding.amount", "86.56"),
            (
                "gpa_order.jit_funding.method",
                r#""pgfs.authorization.reversal""#,
            ),
            ("gpa.impacted_amount", "-38.44"),
        ],
    );
    expect(
        &clearing.notification(&MessageOutcome::without_request(&clearing)),
        &[("preceding_transaction.amount", "38.44")],
    );
}

#[test]
fn reversals_are_pending_in_part_and_cleared_in_full() {
    let purchase = opening(MessageKind::Authorization, &account("USD"), "250");
    let some = next(&purchase, MessageKind::PartialReversal, "100");
    expect(
        &some.notification(&MessageOutcome::without_request(&some)),
        &[
            ("state", r#""PENDING""#),
            ("amount", "100.0"),
            ("request_amount", "250.0"),
            ("gpa.impacted_amount", "100.0"),
        ],
    );
    let all = next(&purchase, MessageKind::Reversal, "250");
    expect(
        &all.notification(&MessageOutcome::without_request(&all)),
        &[
            ("state", r#""CLEARED""#),
            ("gpa_order.state", r#""REVERSED""#),
        ],
    );
}

#[test]
fn a_refund_travels_as_an_unload() {
    let refund = opening(MessageKind::Refund, &account("USD"), "42.10");
    let notification = refund.notification(&MessageOutcome::without_request(&refund));
    expect(
        &notification,
        &[
            ("gpa_order", "nothing"),
            ("gpa_order_unload.jit_funding.method", r#""pgfs.refund""#),
            ("state", r#""COMPLETION""#),
            ("gpa.impacted_amount", "42.1"),
            ("preceding_related_transaction_token", "nothing"),
        ],
    );
    expect(
        &refund.gpa_transaction(&MessageOutcome::without_request(&refund)),
        &[("type", r#""gpa.debit""#)],
    );
}

#[test]
fn marks_are_written_where_marqeta_writes_them() {
    let mut pin = opening(MessageKind::PinDebitCashBack, &account("USD"), "50");
    pin.marks.cash_back = Some(Decimal::from(20));
    expect(
        &pin.request(),
        &[
            ("state", r#""COMPLETION""#),
            ("cash_back_amount", "20.0"),
            ("pos.pin_present", "true"),
            (
                "gpa_order.jit_funding.method",
                r#""pgfs.auth_plus_capture""#,
            ),
        ],
    );
    let order = opening(MessageKind::Authorization, &account("USD"), "100");
    let mut last = next(&order, MessageKind::Clearing, "35");
    last.marks.part = Some((2, 2));
    last.marks.final_release = Some(Decimal::from(25));
    expect(
        &last.notification(&MessageOutcome::without_request(&last)),
        &[
            ("multi_clearing_sequence_number", r#""02""#),
            ("multi_clearing_sequence_count", r#""02""#),
            ("is_final_clearing", "true"),
            ("amount_to_be_released", "25.0"),
        ],
    );
    let mut stood_in = opening(MessageKind::Authorization, &account("USD"), "9");
    stood_in.marks.stand_in = true;
    expect(
        &stood_in.notification(&MessageOutcome::without_request(&stood_in)),
        &[
            ("standin_approved_by", r#""COMMANDO_AUTO""#),
            (
                "gpa_order.jit_funding.method",
                r#""pgfs.authorization.standin""#,
            ),
            ("gpa_order.funding.gateway_log", "nothing"),
        ],
    );
}
