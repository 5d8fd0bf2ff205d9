//! Amounts, alerts, and what is not booked.

use super::{alert, booked, classified, line, normalised, nothing};
use crate::catalog::NothingWhy;
use crate::fixture::{changed, notification, order};
use holdfast_events::Topic;
use holdfast_funding::processor::MessageEffect;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::fact::{ClearingRecord, Kind, Role};
use holdfast_ledger::money::Amount;

#[test]
fn unknown_types_are_stored_alerted_and_never_booked() {
    for kind in [
        "brand.new",
        "authorization.brand.new",
        "authorization.clearing.chargeback.brand.new",
        "unknown",
        "Authorization",
    ] {
        let text = notification(kind, "COMPLETION", &order("gpa_order", "pgfs.x"));
        let of = classified(&text);
        assert_eq!(of.effect, nothing(NothingWhy::UnknownType, &text));
        assert_eq!(
            (of.topic, alert(&of)),
            (Topic::Notices, Some(AlertKind::UnknownType)),
            "{kind}"
        );
    }
    let of = classified(r#"{"token":"1","type":7}"#);
    assert_eq!(
        of.effect,
        MessageEffect::Unbookable("booking the message: reading type: it is not a text".to_owned())
    );
}

#[test]
fn an_unknown_method_or_state_alerts_and_type_and_state_decide() {
    let of = classified(&notification(
        "authorization",
        "PENDING",
        &order("gpa_order", "pgfs.new"),
    ));
    assert_eq!(line(&of), "notices: Original Original 10");
    assert_eq!(alert(&of), Some(AlertKind::UnknownMethod));
    let of = classified(&notification("authorization", "SLEEPING", ""));
    assert_eq!(alert(&of), Some(AlertKind::UnknownState));
}

#[test]
fn an_advice_sets_the_total_and_its_jit_block_is_the_drop() {
    let order = order("gpa_order", "pgfs.authorization.reversal").replace("10.0", "86.56");
    let text = changed(
        &notification("authorization.advice", "PENDING", &order),
        &[("10.0", "38.44")],
    );
    let fact = booked(&text).fact;
    assert_eq!(fact.amount, Amount::parse("38.44").unwrap());
    assert_eq!(
        fact.kind,
        Kind::Advice {
            delta: Some(Amount::parse("86.56").unwrap())
        }
    );
}

#[test]
fn the_part_that_the_account_funds_is_booked_and_else_the_whole() {
    let funded = order("gpa_order", "pgfs.authorization").replace("10.0", "4.0");
    assert_eq!(
        booked(&notification("authorization", "PENDING", &funded))
            .fact
            .amount
            .value()
            .to_string(),
        "4"
    );
    for kind in [
        "authorization",
        "pindebit",
        "authorization.clearing",
        "authorization.reversal",
    ] {
        let fact = booked(&notification(kind, "COMPLETION", "")).fact;
        assert_eq!(fact.amount.value().to_string(), "10", "{kind}");
    }
}

#[test]
fn credits_without_a_jit_block_are_marqetas_unless_the_program_says_otherwise() {
    for kind in [
        "refund",
        "refund.authorization",
        "original.credit.authorization.clearing",
        "gpa.credit.networkload",
    ] {
        let message = normalised(&notification(kind, "COMPLETION", ""));
        let because = "a credit without a JIT block: Marqeta keeps it in the GPA";
        assert_eq!(message.booked_message(false), Err(because), "{kind}");
        let found = message.finding(false).map(|finding| finding.kind);
        assert_eq!(found, Some(AlertKind::CreditWithoutJit), "{kind}");
        assert!(message.booked_message(true).is_ok(), "{kind}");
        assert_eq!(message.finding(true), None, "{kind}");
    }
    let declined = classified(&notification("refund.authorization", "DECLINED", ""));
    assert!(
        matches!(declined.effect, MessageEffect::Book { .. }),
        "a decline takes back what we promised"
    );
}

#[test]
fn final_clearings_say_what_they_let_go() {
    let more = r#","is_final_clearing":true,"amount_to_be_released":2.5"#;
    let fact = booked(&notification("authorization.clearing", "COMPLETION", more)).fact;
    let released = Amount::parse("2.5").unwrap();
    assert_eq!(
        fact.kind,
        Kind::Clearing {
            is_final: true,
            released,
            record: ClearingRecord::default(),
        }
    );
}

#[test]
fn a_force_capture_is_one_that_names_no_message_before_it() {
    let order = order("gpa_order", "pgfs.force_capture");
    let linked = notification("authorization.clearing", "COMPLETION", &order);
    let alone = changed(
        &linked,
        &[
            (r#""preceding_related_transaction_token":"t-1","#, ""),
            (r#","original_jit_funding_token":"j-1""#, ""),
        ],
    );
    let alone = booked(&alone);
    assert_eq!(alone.fact.kind, Kind::ForceCapture);
    assert_eq!(alone.role, Role::Alone);
    assert!(matches!(booked(&linked).fact.kind, Kind::Clearing { .. }));
}

#[test]
fn the_steps_of_a_dispute_find_each_other_by_its_token() {
    let order = order("gpa_order_unload", "pgfs.authorization.capture.chargeback");
    let step = |kind: &str, more: &str| {
        booked(&notification(kind, "COMPLETION", &format!("{order}{more}"))).links
    };
    let named = r#","chargeback":{"token":"cb-1","state":"INITIATED"}"#;
    let opened = step("authorization.clearing.chargeback", named);
    let won = step("authorization.clearing.chargeback.completed", named);
    assert_eq!(opened.dispute, won.dispute);
    assert_eq!(opened.dispute.unwrap().as_str(), "cb-1");
    let unnamed = step("authorization.clearing.chargeback", "");
    assert_eq!(unnamed.dispute.unwrap().as_str(), "of:t-1");
    assert_eq!(step("authorization.clearing", named).dispute, None);
}

#[test]
fn money_that_cannot_be_read_is_parked_and_never_guessed() {
    for (from, to, why) in [
        (
            "10.0",
            "-10.0",
            "booking the message: reading amount: the amount is negative",
        ),
        (
            r#""amount":10.0,"#,
            "",
            "booking the message: it has no amount",
        ),
        (
            r#""currency_code":"USD","#,
            "",
            "booking the message: it has no currency",
        ),
        (
            "USD",
            "XQQ",
            "booking the message: its currency is not known to iso 4217",
        ),
        (
            r#""t-1""#,
            "1",
            "booking the message: reading preceding_related_transaction_token: it is not a text",
        ),
    ] {
        let text = changed(
            &notification("authorization.clearing", "COMPLETION", ""),
            &[(from, to)],
        );
        let of = classified(&text);
        assert_eq!(line(&of), format!("clearings: {why}"));
        assert_eq!(alert(&of), Some(AlertKind::Unbookable));
    }
}

#[test]
fn what_is_not_booked_says_why() {
    use NothingWhy::{
        CreditWithoutJit, Elsewhere, FailedInUnknownCurrency, GpaTransaction, NonFinancial,
        UnknownType,
    };
    let message = super::read(&notification("a.type", "COMPLETION", ""));
    for (why, sentence) in [
        (
            GpaTransaction,
            "a.type is a GPA transaction: its card transaction is booked instead",
        ),
        (
            Elsewhere,
            "a.type is of an account or product at Marqeta that is not kept here",
        ),
        (NonFinancial, "a.type is non-financial: it moves no money"),
        (
            UnknownType,
            "the type a.type is not in the table of messages: nothing is booked",
        ),
        (
            CreditWithoutJit,
            "a credit without a JIT block: Marqeta keeps it in the GPA",
        ),
        (
            FailedInUnknownCurrency,
            "it failed in a currency that ISO 4217 does not know",
        ),
    ] {
        assert_eq!(why.explain(&message), sentence);
    }
}

#[test]
fn what_marqeta_booked_on_its_side_is_a_cross_check() {
    let gpa = |impacts: &str| {
        let gpa = format!(r#","gpa":{{"currency_code":"CZK","impacted_amount":0.0,{impacts}}}"#);
        let of = classified(&notification("authorization.clearing", "COMPLETION", &gpa));
        assert!(
            matches!(of.effect, MessageEffect::Book { .. }),
            "it is booked all the same"
        );
        alert(&of)
    };
    let differs = Some(AlertKind::ImpactedAmountDiffers);
    for (impacts, alert) in [
        (r#""balances":{"USD":{"impacted_amount":-10.00}}"#, None),
        (r#""balances":{"USD":{"impacted_amount":10}}"#, None),
        (r#""balances":{"USD":{"impacted_amount":-9.99}}"#, differs),
        (r#""balances":{"EUR":{"impacted_amount":-9.99}}"#, None),
        (r#""balances":{}"#, None),
    ] {
        assert_eq!(gpa(impacts), alert, "{impacts}");
    }
}

#[test]
fn a_failed_message_needs_no_amount_and_no_known_currency() {
    let text = notification("authorization", "DECLINED", "");
    let bare = changed(&text, &[(r#""amount":10.0,"#, "")]);
    assert_eq!(line(&classified(&bare)), "reversals: Original Original 0");
    let text = changed(&text, &[("USD", "XQQ")]);
    let unknown = classified(&text);
    let wanted = nothing(NothingWhy::FailedInUnknownCurrency, &text);
    assert_eq!(unknown.effect, wanted);
    assert_eq!(alert(&unknown), None);
}
