//! Requests: what is read, and what is refused with its field.

use super::bad_request;
use crate::fixture::{REQUEST, request};
use crate::transaction::{Flow, Transaction};

fn parse(changes: &[(&str, &str)]) -> Transaction {
    Transaction::parse_request(request(changes).as_bytes()).unwrap()
}

#[test]
fn a_purchase_is_read_with_everything_that_decides_it() {
    let read = parse(&[]);
    assert_eq!(read.token.as_str(), "t-1");
    assert_eq!(read.transaction_type, "authorization");
    assert_eq!(read.jit.method.as_deref(), Some("pgfs.authorization"));
    assert_eq!(read.flow, Some(Flow::Load));
    assert_eq!(read.account().unwrap().as_str(), "user-7");
    assert_eq!(read.jit.token.as_ref().unwrap().as_str(), "j-1");
    assert_eq!(read.text(read.jit.amount.unwrap()), "42.10");
    assert_eq!(read.currency.unwrap().code(), "USD");
    assert_eq!(read.order.as_ref().unwrap().as_str(), "o-1");
    assert_eq!(read.created.unwrap().0, 1_748_974_811_000);
    assert_eq!(read.merchant.mcc.as_deref(), Some("5411"));
    assert_eq!(read.merchant.country.as_deref(), Some("USA"));
    assert!(read.terminal.partial_approval_capable && !read.terminal.purchase_amount_only);
    assert_eq!(
        read.original_money.unwrap().currency_number.as_deref(),
        Some("840")
    );
}

const JIT: &str = r#""jit_funding":{"token":"j-1","#;
const OWNER: &str = r#""user_token":"user-7","acting_user_token":"user-7","amount":42.1}"#;

/// What is replaced, by what, the code of the error and the path that it names.
const WRONG: &[(&str, &str, &str, &str)] = &[
    (r#""token":"t-1","#, "", "missing_field", "token"),
    (
        r#""token":"t-1""#,
        r#""token":null"#,
        "missing_field",
        "token",
    ),
    (r#""token":"t-1""#, r#""token":7"#, "invalid_field", "token"),
    (r#""type":"authorization","#, "", "missing_field", "type"),
    (
        r#""type":"authorization""#,
        r#""type":[]"#,
        "invalid_field",
        "type",
    ),
    (
        r#""request_amount":42.1,"amount":42.1,"currency_code":"USD","#,
        "",
        "missing_field",
        "currency_code",
    ),
    (
        r#""jit_funding""#,
        r#""other""#,
        "missing_field",
        "gpa_order.jit_funding",
    ),
    (
        r#""gpa_order""#,
        r#""other""#,
        "missing_field",
        "gpa_order.jit_funding",
    ),
    (
        r#""gpa_order":{"#,
        r#""gpa_order":[],"x":{"#,
        "not_an_object",
        "gpa_order",
    ),
    (
        JIT,
        r#""jit_funding":{"#,
        "missing_field",
        "gpa_order.jit_funding.token",
    ),
    (
        r#""method":"pgfs.authorization","#,
        "",
        "missing_field",
        "gpa_order.jit_funding.method",
    ),
    (
        OWNER,
        r#""amount":42.1}"#,
        "missing_field",
        "gpa_order.jit_funding.user_token",
    ),
    (
        OWNER,
        r#""user_token":"u"}"#,
        "missing_field",
        "gpa_order.jit_funding.amount",
    ),
    (
        JIT,
        r#""jit_funding":{"x":1,"x":2,"token":"j-1","#,
        "repeated_key",
        "gpa_order.jit_funding.x",
    ),
    (
        r#""state":"PENDING","token":"t-1""#,
        r#""token":"t-0","token":"t-1""#,
        "repeated_key",
        "token",
    ),
    (
        r#""mcc":"5411""#,
        r#""mid":"1""#,
        "repeated_key",
        "card_acceptor.mid",
    ),
    (
        r#""request_amount":42.1"#,
        r#""request_amount":-1"#,
        "invalid_amount",
        "request_amount",
    ),
    (
        r#""network":"VISA""#,
        r#""cash_back_amount":"x""#,
        "invalid_amount",
        "cash_back_amount",
    ),
    (
        r#""card_token":"card-7""#,
        r#""card_token":7"#,
        "invalid_field",
        "card_token",
    ),
];

#[test]
fn what_is_missing_or_wrong_is_named_by_its_path() {
    for &(from, to, code, field) in WRONG {
        let body = crate::fixture::request(&[]).replacen(from, to, 1);
        assert_ne!(body, REQUEST, "the fixture has no {from}");
        let error = bad_request(Transaction::parse_request(body.as_bytes()).unwrap_err());
        assert_eq!(
            (error.code, error.field.as_deref()),
            (code, Some(field)),
            "{from} -> {to}"
        );
    }
}

#[test]
fn the_amount_is_checked_against_the_currency_only_where_that_is_known() {
    let with = |amount: &str, currency: &str| {
        let amount = format!(r#""amount":{amount}}}}},"#);
        let body = request(&[
            (r#""amount":42.1}},"#, &amount),
            ("USD", currency),
            ("42.1", "42"),
        ]);
        Transaction::parse_request(body.as_bytes())
            .map(|read| read.text(read.jit.amount.unwrap()))
            .map_err(|error| error.field().unwrap_or_default().to_owned())
    };
    let refused = || Err(String::from("gpa_order.jit_funding.amount"));
    assert_eq!(with("10.005", "USD"), refused());
    assert_eq!(with("10.500", "USD"), Ok(String::from("10.50")));
    assert_eq!(with("500.0", "JPY"), Ok(String::from("500")));
    assert_eq!(with("500.5", "JPY"), refused());
    assert_eq!(with("7", "KWD"), Ok(String::from("7.000")));
    assert_eq!(with("10.0050", "XQQ"), Ok(String::from("10.0050")));
    assert_eq!(with("\"7\"", "XQQ"), Ok(String::from("7")));
    assert_eq!(with("-1", "XQQ"), refused());
    assert_eq!(with("1e15", "XQQ"), refused());
}

#[test]
fn a_body_that_is_no_json_has_no_field() {
    let invalid: &[u8] = b"{\"token\":\"\xff\"}";
    for body in [invalid, b"", b"nonsense", b"[]"] {
        assert_eq!(Transaction::parse_request(body).unwrap_err().field(), None);
    }
}

#[test]
fn no_truncated_or_mangled_body_crashes_the_reader() {
    let body = REQUEST.as_bytes();
    for end in 0..body.len() {
        assert!(Transaction::parse_request(&body[..end]).is_err(), "{end}");
        for byte in [b'"', b'{', b'}', b'\\', b'0', 0xff] {
            let mut mangled = body.to_vec();
            mangled[end] = byte;
            let _ = Transaction::parse_request(&mangled);
        }
    }
}

#[test]
fn the_owner_is_the_user_else_the_business() {
    let business = parse(&[(
        r#""user_token":"user-7","acting_user_token":"user-7","amount""#,
        r#""business_token":"b-1","acting_user_token":"user-7","amount""#,
    )]);
    assert_eq!(business.account().unwrap().as_str(), "b-1");
    assert_eq!(business.jit.user, None);
    let both = parse(&[(
        r#"pgfs.authorization","#,
        r#"pgfs.authorization","business_token":"b-1","#,
    )]);
    assert_eq!(both.account().unwrap().as_str(), "user-7");
}

#[test]
fn credits_come_as_unload_and_old_models_are_read() {
    let read = parse(&[
        ("gpa_order", "gpa_order_unload"),
        (
            r#""network":"VISA""#,
            r#""original_credit":{"fast_funds_enabled":"true"}"#,
        ),
        (
            r#""country_code":"USA""#,
            r#""country":"US ","poi":{"partial_approval_capable":"1"}"#,
        ),
        (r#""pos""#, r#""other""#),
    ]);
    assert_eq!(read.flow, Some(Flow::Unload));
    assert!(read.fast_funds && read.terminal.partial_approval_capable);
    assert_eq!(read.merchant.country.as_deref(), Some("US"));
}

#[test]
fn the_summary_holds_nothing_personal() {
    let request = parse(&[(
        r#""method""#,
        r#""address_verification":{"request":{"street_address":"1 SIDE ST"}},"method""#,
    )]);
    assert!(request.jit.address_verification.is_some());
    let summary = serde_json::to_value(super::Summary::of(&request)).unwrap();
    assert_eq!(summary["amount"], "42.10");
    assert_eq!(summary["mcc"], "5411");
    for text in [summary.to_string(), format!("{request:?}")] {
        for personal in ["MAIN ST", "94607", "4242", "SIDE ST"] {
            assert!(!text.contains(personal), "{personal}");
        }
    }
}
