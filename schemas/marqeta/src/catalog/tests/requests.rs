//! Every kind of request.

use super::booked;
use crate::catalog::{action, request_message};
use crate::fixture::{changed, request};
use crate::transaction::Transaction;
use holdfast_funding::processor::Action;
use holdfast_ledger::fact::{ClearingRecord, Kind, Role, Source};

/// Type, method -> what an approval would mean. Where they disagree the type decides.
const REQUESTS: &str = "
    authorization pgfs.authorization -> Hold
    authorization.quasi.cash pgfs.authorization.quasi.cash -> Hold
    authorization.incremental pgfs.authorization.incremental -> Increment
    pindebit pgfs.auth_plus_capture -> Debit
    pindebit.cashback pgfs.pindebit.cashback -> Debit
    billpayment.capture pgfs.billpayment.capture -> Debit
    original.credit.authorization pgfs.original.credit.authorization -> PendingCredit
    original.credit.auth_plus_capture pgfs.original.credit.auth_plus_capture -> Credit
    refund.authorization pgfs.refund.authorization -> PendingCredit
    pindebit.balanceinquiry pgfs.balanceinquiry -> Inquiry
    pindebit pgfs.authorization -> Debit
    brand.new pgfs.authorization -> Hold
    authorization pgfs.brand.new -> Unknown
    authorization pgfs.force_capture -> Unknown
    authorization pgfs.authorization.clearing -> Unknown
    authorization.clearing pgfs.authorization -> Unknown
    gpa.credit pgfs.authorization -> Unknown
    product.inquiry pgfs.product.inquiry -> ProductInquiry
    brand.new pgfs.product.inquiry -> ProductInquiry
    pindebit.checkavs pgfs.product.inquiry -> Unknown
    brand.new pgfs.brand.new -> Unknown
";

#[test]
fn a_request_is_known_by_its_type_and_by_its_method_where_the_type_is_unknown() {
    for row in REQUESTS
        .lines()
        .map(str::trim)
        .filter(|row| !row.is_empty())
    {
        let (request, expected) = row.split_once(" -> ").unwrap();
        let (kind, method) = request.split_once(' ').unwrap();
        let read = asked(kind, method, &[]);
        assert_eq!(format!("{:?}", action(&read)), expected, "{row}");
        let message = request_message(&read);
        assert_eq!(
            message.is_some(),
            !matches!(expected, "Unknown" | "Inquiry" | "ProductInquiry"),
            "{row}"
        );
        assert!(
            message.is_none_or(|message| message.fact.source == Source::Decision),
            "{row}"
        );
    }
}

fn asked(kind: &str, method: &str, more: &[(&str, &str)]) -> Transaction {
    let (kind, method) = (format!(r#""type":"{kind}""#), format!(r#""{method}""#));
    let text = request(&[
        (r#""type":"authorization""#, &kind),
        (r#""pgfs.authorization""#, &method),
    ]);
    Transaction::parse_request(changed(&text, more).as_bytes()).unwrap()
}

#[test]
fn an_authorization_of_nothing_verifies() {
    let read = asked(
        "authorization",
        "pgfs.authorization.account_verification",
        &[("42.1", "0.0")],
    );
    assert_eq!(action(&read), Action::Verify);
    let message = request_message(&read).unwrap();
    assert_eq!(
        (message.fact.kind, message.role),
        (Kind::Original, Role::Original)
    );
    assert!(message.fact.amount.is_zero());
}

#[test]
fn a_collection_that_is_asked_for_says_whether_it_is_the_last() {
    let last = r#""type":"authorization","is_final_clearing":true,"amount_to_be_released":2.5"#;
    let text = request(&[(r#""type":"authorization""#, last)]);
    let text = changed(
        &text,
        &[
            (
                r#""type":"authorization""#,
                r#""type":"billpayment.capture""#,
            ),
            (r#""pgfs.authorization""#, r#""pgfs.billpayment.capture""#),
        ],
    );
    let read = Transaction::parse_request(text.as_bytes()).unwrap();
    let released = holdfast_ledger::money::Amount::parse("2.5").unwrap();
    assert_eq!(
        request_message(&read).unwrap().fact.kind,
        Kind::Clearing {
            is_final: true,
            released,
            record: ClearingRecord::default(),
        }
    );
}

#[test]
fn nothing_is_booked_in_an_unknown_currency() {
    let read = asked("authorization", "pgfs.authorization", &[("USD", "XQQ")]);
    assert_eq!(
        (action(&read), request_message(&read)),
        (Action::Hold, None)
    );
}

#[test]
fn a_decision_and_its_confirmation_make_the_same_fact() {
    let text = request(&[]);
    let decided = request_message(&Transaction::parse_request(text.as_bytes()).unwrap()).unwrap();
    let notified = booked(&text);
    assert_eq!(decided.links, notified.links);
    assert_eq!(
        (decided.role, &decided.fact.kind),
        (notified.role, &notified.fact.kind)
    );
    assert_eq!(
        (decided.fact.amount, decided.fact.created),
        (notified.fact.amount, notified.fact.created)
    );
}
