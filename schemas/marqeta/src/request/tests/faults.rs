//! Requests that are refused: which field is named, and which of several.

use crate::fixture::REQUEST;
use crate::request::bad_request;
use crate::transaction::Transaction;

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

/// A caller that mends one field after another sees them in this order.
#[test]
fn of_several_faults_the_first_in_the_order_of_reading_is_named() {
    let faults = [
        (r#""token":"j-1","#, "", "gpa_order.jit_funding.token"),
        (
            r#""method":"pgfs.authorization","#,
            "",
            "gpa_order.jit_funding.method",
        ),
        (
            OWNER,
            r#""amount":42.1}"#,
            "gpa_order.jit_funding.user_token",
        ),
        (r#""mcc":"5411""#, r#""mid":"1""#, "card_acceptor.mid"),
        (
            r#""card_token":"card-7""#,
            r#""card_token":7"#,
            "card_token",
        ),
        (
            r#""amount":42.1}},"#,
            r#""amount":-1}},"#,
            "gpa_order.jit_funding.amount",
        ),
        (
            r#""amount":42.1,"currency_code":"USD",
 "currency_conversion""#,
            r#""amount":-1,"currency_code":"USD",
 "currency_conversion""#,
            "amount",
        ),
        (
            r#"{"token":"o-1","#,
            r#"{"token":7,"original":1,"#,
            "gpa_order.token",
        ),
    ];
    let broken = |from: usize| {
        let faults = faults.get(from..).unwrap().iter();
        faults.fold(REQUEST.to_owned(), |body, (from, to, _)| {
            assert!(body.contains(from), "the body has no {from}");
            body.replacen(from, to, 1)
        })
    };
    for (number, (.., field)) in faults.iter().enumerate() {
        let error = Transaction::parse_request(broken(number).as_bytes()).unwrap_err();
        assert_eq!(error.field(), Some(*field), "from {number}");
    }
}

#[test]
fn of_two_orders_without_a_jit_block_the_last_is_named() {
    let body = REQUEST
        .replacen("\"jit_funding\"", "\"other\"", 1)
        .replacen(
            "\"gpa_order\":",
            "\"gpa_order_unload\":{\"token\":\"o-2\"},\"gpa_order\":",
            1,
        );
    let error = Transaction::parse_request(body.as_bytes()).unwrap_err();
    assert_eq!(error.field(), Some("gpa_order_unload.jit_funding"));
}

#[test]
fn a_body_that_is_no_json_has_no_field() {
    let invalid: &[u8] = b"{\"token\":\"\xff\"}";
    for body in [invalid, b"", b"nonsense", b"[]"] {
        assert_eq!(Transaction::parse_request(body).unwrap_err().field(), None);
    }
}
