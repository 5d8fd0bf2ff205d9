//! Events: what they carry, and what they never carry.

use super::{declined_authorization, transaction_notice};
use crate::fixture::{REQUEST, notification, order, request};
use crate::transaction::Transaction;
use holdfast_events::{Notice, moment};

#[test]
fn events_hold_no_personal_data_and_amounts_as_texts() {
    let request = Transaction::parse_request(REQUEST.as_bytes()).unwrap();
    let event = declined_authorization(&request, request.jit.amount.unwrap()).unwrap();
    let text = serde_json::to_string(&event).unwrap();
    assert!(text.contains(r#""requested_amount":"42.10""#), "{text}");
    assert!(text.contains(r#""approved_amount":"0.00""#), "{text}");
    let body = notification(
        "authorization.clearing",
        "COMPLETION",
        &order("gpa_order", "m"),
    );
    let message = Transaction::parse_notification(&body).unwrap();
    let notice = serde_json::to_string(&transaction_notice(&message)).unwrap();
    assert!(notice.contains(r#""jit_amount":"10.00""#), "{notice}");
    assert!(notice.contains(r#""account":"user-7""#), "{notice}");
    for personal in ["MAIN ST", "94607", "4242"] {
        assert!(
            !text.contains(personal) && !notice.contains(personal),
            "{personal}"
        );
    }
    let back: Notice = serde_json::from_str(&notice).unwrap();
    assert_eq!(back, transaction_notice(&message));
}

/// A purchase of 10,000 yen that costs dollars and settles in euros.
const CONVERSION: &str = r#""currency_conversion":{"network":{"original_amount":10000.0,"conversion_rate":0.00674,
 "original_currency_code":"392","dynamic_currency_conversion":false,
 "settlement_data":{"amount":61.5,"currency_code":"978","conversion_rate":"0.00615"}}}"#;
const CONVERTED: &str = r#""original_amount":"10000","original_currency":"JPY","conversion_rate":"0.00674","dynamic_currency_conversion":false,"settlement_amount":"61.50","settlement_currency":"EUR","settlement_rate":"0.00615""#;

#[test]
fn the_event_holds_the_merchants_own_money_and_who_transacted() {
    let own = r#""currency_conversion":{"network":{"original_amount":42.1,"conversion_rate":1,"original_currency_code":"840"}}"#;
    let asked = request(&[
        (own, CONVERSION),
        (
            "\"acting_user_token\":\"user-7\",\"amount",
            "\"acting_user_token\":\"child-1\",\"amount",
        ),
    ]);
    let asked = Transaction::parse_request(asked.as_bytes()).unwrap();
    let more = format!(r#","acting_user_token":"child-1",{CONVERSION}"#);
    let notified = notification("authorization.clearing", "COMPLETION", &more);
    let notified = Transaction::parse_notification(&notified).unwrap();
    let decision = declined_authorization(&asked, asked.jit.amount.unwrap()).unwrap();
    let notice = transaction_notice(&notified);
    for text in [
        serde_json::to_string(&decision).unwrap(),
        serde_json::to_string(&notice).unwrap(),
    ] {
        assert!(text.contains(CONVERTED), "{text}");
        assert!(text.contains(r#""acting_user":"child-1""#), "{text}");
    }
    let text = serde_json::to_string(&notice).unwrap();
    assert_eq!(serde_json::from_str::<Notice>(&text).unwrap(), notice);
}

#[test]
fn who_transacted_is_what_the_transaction_says_in_a_notice() {
    let order = order("gpa_order", "m").replacen(
        r#""user_token":"user-7""#,
        r#""user_token":"user-7","acting_user_token":"child-2""#,
        1,
    );
    for (more, wanted) in [
        ("", None),
        (r#","acting_user_token":"child-1""#, Some("child-1")),
    ] {
        let text = notification("authorization", "PENDING", &format!("{order}{more}"));
        let message = Transaction::parse_notification(&text).unwrap();
        let notice = transaction_notice(&message);
        assert_eq!(notice.origin.acting_user.as_deref(), wanted, "{more}");
    }
}

#[test]
fn a_message_without_conversion_tells_none() {
    let notified =
        Transaction::parse_notification(&notification("refund", "COMPLETION", "")).unwrap();
    let text = serde_json::to_string(&transaction_notice(&notified)).unwrap();
    for field in ["original", "conversion", "settlement_", "acting_user"] {
        assert!(!text.contains(field), "{text}");
    }
}

#[test]
fn a_decision_says_merchant_network_and_how_the_card_was_used() {
    let modes = r#""pos":{"card_presence":true,"is_recurring":"false","#;
    let body = request(&[(r#""pos":{"#, modes)]);
    let read = Transaction::parse_request(body.as_bytes()).unwrap();
    let event = declined_authorization(&read, read.jit.amount.unwrap()).unwrap();
    let details = &event.details;
    let merchant = details.merchant.as_ref().unwrap();
    assert_eq!(merchant.mid.as_deref(), Some("000445522110"));
    assert_eq!(merchant.mcc.as_deref(), Some("5411"));
    assert_eq!(merchant.name.as_deref(), Some("CORNER GROCERY 12"));
    assert_eq!(merchant.country.as_deref(), Some("USA"));
    assert_eq!(details.network.as_deref(), Some("VISA"));
    assert_eq!(details.entry_mode.as_deref(), Some("CHIP_CONTACTLESS"));
    assert_eq!(
        (details.card_present, details.recurring),
        (Some(true), Some(false))
    );
    assert_eq!(event.occurred_at, read.created.map(moment::text));
}

#[test]
fn a_clearing_says_what_the_network_says_of_settlement() {
    let more = r#","settlement_date":"2025-06-04T00:00:00Z","network_reference_id":"n-1",
        "acquirer_reference_data":"arn-1","approval_code":"123456","acquirer_fee_amount":0.1,
        "issuer_interchange_amount":0.19131,
        "fees":[{"type":"NETWORK_FEE","amount":0.05,"credit_debit":"D","currency":"USD"},7]"#;
    let body = notification("authorization.clearing", "COMPLETION", more);
    let message = Transaction::parse_notification(&body).unwrap();
    let settlement = transaction_notice(&message).settlement;
    assert_eq!(settlement.settlement_date.as_deref(), Some("2025-06-04"));
    assert_eq!(settlement.network_reference.as_deref(), Some("n-1"));
    assert_eq!(settlement.acquirer_reference.as_deref(), Some("arn-1"));
    assert_eq!(settlement.approval_code.as_deref(), Some("123456"));
    assert_eq!(settlement.interchange.as_deref(), Some("0.19131"));
    let fees = settlement.fees.iter();
    let fees: Vec<_> = fees
        .map(|fee| (fee.fee_type.as_deref(), fee.amount.as_str()))
        .collect();
    assert_eq!(
        fees,
        [(Some("NETWORK_FEE"), "0.05"), (Some("ACQUIRER_FEE"), "0.1")]
    );
}
