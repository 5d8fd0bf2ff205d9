//! Notifications as networks send them.

use super::Transaction;
use crate::fixture::{changed, notification, order};
use holdfast_ledger::fact::State;

fn parse(text: &str) -> Transaction {
    Transaction::parse_notification(text).unwrap()
}

#[test]
fn a_clearing_is_read_with_its_links_flags_and_log() {
    let more = r#","is_final_clearing":true,"amount_to_be_released":"2.50","multi_clearing_sequence_number":"02",
        "multi_clearing_sequence_count":"02","response":{"code":"0000"},"approval_code":"761515",
        "preceding_transaction":{"token":"t-1","amount":12.5},"standin_approved_by":"NETWORK",
        "gpa":{"currency_code":"EUR","impacted_amount":0.0,"balances":{"USD":{"impacted_amount":-10.0}}}"#;
    let order = changed(
        &order("gpa_order", "pgfs.authorization.clearing"),
        &[(
            r#""amount":10.0,"jit"#,
            r#""amount":10.0,"funding":{"gateway_log":{"timed_out":true}},"jit"#,
        )],
    );
    let read = parse(&notification(
        "authorization.clearing",
        "COMPLETION",
        &(order + more),
    ));
    assert_eq!(read.faults, []);
    assert_eq!(read.state, State::Completion);
    assert_eq!(read.text(read.jit.amount.unwrap()), "10.00");
    assert_eq!(read.jit.original.as_ref().unwrap().as_str(), "j-1");
    assert_eq!(read.order.as_ref().unwrap().as_str(), "o-1");
    assert!(read.outcome.timed_out);
    assert_eq!(read.is_final_clearing, Some(true));
    assert_eq!(read.text(read.amount_to_be_released.unwrap()), "2.50");
    assert_eq!(read.outcome.clearing.number.as_deref(), Some("02"));
    assert_eq!(
        read.outcome.impacted_amount.unwrap().value().to_string(),
        "-10"
    );
    assert_eq!(read.outcome.standin_approved_by.as_deref(), Some("NETWORK"));
}

#[test]
fn the_jit_block_is_found_in_three_places() {
    let jit = r#""jit_funding":{"token":"j-9","method":"m","user_token":"u-9","amount":1}"#;
    for order in [
        format!(r#","gpa_order":{{{jit}}}"#),
        format!(r#","gpa_order_unload":{{{jit}}}"#),
        format!(r#","gpa_order":{{"token":"o","funding":{{{jit}}}}}"#),
        format!(r#","gpa_order":{{"token":"o"}},"gpa_order_unload":{{{jit}}}"#),
    ] {
        let read = parse(&notification("authorization", "PENDING", &order));
        assert_eq!(read.jit.token.unwrap().as_str(), "j-9", "{order}");
        assert_eq!(read.jit.user.unwrap().as_str(), "u-9", "{order}");
    }
}

#[test]
fn only_the_token_is_needed() {
    let read = parse(r#"{"token":"7"}"#);
    assert_eq!(
        (read.transaction_type.as_str(), read.state.as_str()),
        ("", "")
    );
    assert_eq!(read.faults, []);
    for none in [
        "{}",
        r#"{"token":null}"#,
        r#"{"token":7}"#,
        "[]",
        r#"{"token":"1","token":"1"}"#,
    ] {
        assert!(Transaction::parse_notification(none).is_err(), "{none}");
    }
}

#[test]
fn what_the_books_depend_on_and_cannot_be_read_is_a_fault() {
    for (more, field) in [
        (
            r#","gpa_order":{"jit_funding":{"amount":-1}}"#,
            "gpa_order.jit_funding.amount",
        ),
        (r#","gpa_order":{"token":7}"#, "gpa_order.token"),
        (
            r#","gpa_order":{"jit_funding":{"a":1,"a":1}}"#,
            "gpa_order.jit_funding.a",
        ),
        (r#","amount_to_be_released":"x""#, "amount_to_be_released"),
        (r#","is_final_clearing":"maybe""#, "is_final_clearing"),
        (
            r#","original_transaction_token":7"#,
            "original_transaction_token",
        ),
    ] {
        let read = parse(&notification("authorization", "PENDING", more));
        let fields: Vec<_> = read
            .faults
            .iter()
            .filter_map(|fault| fault.field())
            .collect();
        assert_eq!(fields, [field], "{more}");
    }
    let decoration =
        r#","card_acceptor":[],"response":7,"network":{},"chargeback":null,"gpa":"none""#;
    assert_eq!(
        parse(&notification("authorization", "PENDING", decoration)).faults,
        []
    );
}

#[test]
fn a_repeat_with_other_content_has_another_hash() {
    let text = notification(
        "authorization",
        "PENDING",
        &order("gpa_order", "pgfs.authorization"),
    );
    let hash = parse(&text).notification_hash();
    let respelled = changed(
        &text,
        &[("10.0", r#""10.00""#), ("\n", ""), ("08:00:00", "09:00:00")],
    );
    assert_eq!(parse(&respelled).notification_hash(), hash);
    for (from, to) in [
        ("10.0", "11"),
        ("t-1", "t-0"),
        ("o-1", "o-2"),
        ("PENDING", "DECLINED"),
    ] {
        assert_ne!(
            parse(&changed(&text, &[(from, to)])).notification_hash(),
            hash,
            "{from}"
        );
    }
}
