//! Traps of JSON texts.

use super::FieldError;
use super::Object;
use holdfast_ledger::money::Currency;
use holdfast_ledger::token::TransactionToken;

fn amount(json: &str, currency: &str) -> Result<Option<String>, &'static str> {
    let body = format!(r#"{{"amount":{json}}}"#);
    let object = Object::parse(&body).map_err(|error| error.code())?;
    let amount = object.amount("amount", Currency::parse(currency));
    amount
        .map(|amount| amount.map(|amount| amount.value().to_string()))
        .map_err(|error| error.code())
}

#[test]
fn amounts_are_read_from_the_text_and_never_through_a_float() {
    for (json, currency, expected) in [
        ("42.1", "USD", Ok(Some("42.1"))),
        (r#""42.10""#, "USD", Ok(Some("42.1"))),
        (r#"" 42.10 ""#, "USD", Ok(Some("42.1"))),
        (r#""4\u0032""#, "USD", Ok(Some("42"))),
        ("0.1", "USD", Ok(Some("0.1"))),
        ("999999999999999.99", "USD", Ok(Some("999999999999999.99"))),
        (
            "123456789012345.1234567890123",
            "???",
            Ok(Some("123456789012345.1234567890123")),
        ),
        ("1.0E7", "USD", Ok(Some("10000000"))),
        ("-0.0", "USD", Ok(Some("0"))),
        ("500.0", "JPY", Ok(Some("500"))),
        ("500.5", "JPY", Err("invalid_amount")),
        ("1.005", "USD", Err("invalid_amount")),
        ("1.005", "KWD", Ok(Some("1.005"))),
        ("1e999999999999", "USD", Err("invalid_amount")),
        ("1e-999999999999", "USD", Err("invalid_amount")),
        ("1000000000000000", "USD", Err("invalid_amount")),
        ("-1", "USD", Err("invalid_amount")),
        ("true", "USD", Err("invalid_amount")),
        ("[]", "USD", Err("invalid_amount")),
        ("{}", "USD", Err("invalid_amount")),
        (r#""""#, "USD", Err("invalid_amount")),
        (r#""NaN""#, "USD", Err("invalid_amount")),
        (r#""\ud800""#, "USD", Err("invalid_amount")),
        ("NaN", "USD", Err("not_json")),
        ("01", "USD", Err("not_json")),
        ("+1", "USD", Err("not_json")),
        (".5", "USD", Err("not_json")),
        ("null", "USD", Ok(None)),
    ] {
        let expected = expected.map(|text| text.map(str::to_owned));
        assert_eq!(amount(json, currency), expected, "{json} {currency}");
    }
}

#[test]
fn a_key_that_is_there_twice_is_refused_also_when_written_with_escapes() {
    for (body, field) in [
        (r#"{"a":1,"a":1}"#, "a"),
        (r#"{"a":1,"b":2,"\u0061":3}"#, "a"),
        (r#"{"token":null,"token":"1"}"#, "token"),
    ] {
        let error = Object::parse(body).unwrap_err();
        assert_eq!(error.field(), Some(field), "{body}");
        assert_eq!(error.code(), "repeated_key", "{body}");
    }
    let body = r#"{"order":{"x":{"y":1},"x":2}}"#;
    let error = Object::parse(body).unwrap().object("order").unwrap_err();
    assert_eq!(
        error,
        FieldError::Repeated {
            path: String::from("order.x")
        }
    );
}

#[test]
fn texts_that_are_no_json_object_are_clean_errors() {
    let brackets = "[".repeat(200_000);
    let braces = r#"{"a":"#.repeat(100_000);
    for (body, code) in [
        ("", "not_json"),
        ("{", "not_json"),
        ("{}x", "not_json"),
        ("{\"a\":1,}", "not_json"),
        ("{'a':1}", "not_json"),
        ("\u{feff}{}", "not_json"),
        (r#"{"\ud800":1}"#, "not_json"),
        ("{\"a\":\"\u{1}\"}", "not_json"),
        (&brackets, "not_json"),
        (&braces, "not_json"),
        ("[]", "not_an_object"),
        ("null", "not_an_object"),
        (" 7 ", "not_an_object"),
        (r#""text""#, "not_an_object"),
    ] {
        let error = Object::parse(body).unwrap_err();
        assert_eq!((error.code(), error.field()), (code, None), "{:.20}", body);
    }
}

#[test]
fn deep_nesting_in_an_unread_field_does_no_harm() {
    let body = format!(
        r#"{{"deep":{}{},"token":"7"}}"#,
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    let token = Object::parse(&body)
        .unwrap()
        .token("token", TransactionToken::parse)
        .unwrap();
    assert_eq!(token.unwrap().as_str(), "7");
}

#[test]
fn many_keys_take_no_quadratic_time() {
    let keys: Vec<String> = (0..400_000).map(|n| format!(r#""k{n}":{n}"#)).collect();
    let began = std::time::Instant::now();
    assert!(Object::parse(&format!("{{{}}}", keys.join(","))).is_ok());
    // Every key against every other one would take several minutes.
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

#[test]
fn tokens_are_texts_and_a_number_is_named_as_what_is_wrong() {
    let token = |json: &str| {
        let body = format!(r#"{{"token":{json}}}"#);
        let object = Object::parse(&body).unwrap();
        object
            .token("token", TransactionToken::parse)
            .map(|token| token.map(|token| token.as_str().to_owned()))
            .map_err(|error| error.to_string())
    };
    assert_eq!(token(r#"" 4162250 ""#), Ok(Some(String::from("4162250"))));
    assert_eq!(token("null"), Ok(None));
    assert_eq!(token(r#""  ""#), Ok(None));
    assert_eq!(
        token("7"),
        Err(String::from("reading token: it is not a text"))
    );
    assert_eq!(
        token(r#""\ud800""#),
        Err(String::from("reading token: it is not a text"))
    );
    let control = "reading token: the token contains a control character";
    assert_eq!(token(r#""a\u0000b""#), Err(control.to_owned()));
}

#[test]
fn flags_come_as_booleans_and_as_texts() {
    let flag = |json: &str| {
        let body = format!(r#"{{"flag":{json}}}"#);
        Object::parse(&body)
            .unwrap()
            .flag("flag")
            .map_err(|error| error.code())
    };
    for (json, expected) in [
        ("true", Ok(Some(true))),
        (r#""TRUE""#, Ok(Some(true))),
        (r#""1""#, Ok(Some(true))),
        ("0", Ok(Some(false))),
        (r#""False""#, Ok(Some(false))),
        ("null", Ok(None)),
        (r#""yes""#, Err("invalid_field")),
        ("[]", Err("invalid_field")),
    ] {
        assert_eq!(flag(json), expected, "{json}");
    }
}

#[test]
fn signed_sums_keep_their_sign() {
    let signed = |json: &str| {
        let body = format!(r#"{{"sum":{json}}}"#);
        let sum = Object::parse(&body)
            .unwrap()
            .signed("sum")
            .map_err(|error| error.code());
        sum.map(|sum| sum.map(|sum| sum.value().to_string()))
    };
    assert_eq!(signed("-49.95"), Ok(Some(String::from("-49.95"))));
    assert_eq!(signed(r#""10.0""#), Ok(Some(String::from("10"))));
    assert_eq!(signed(r#""--1""#), Err("invalid_amount"));
}
