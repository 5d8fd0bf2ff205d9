//! Answers, byte for byte.

use super::{Balance, DeclineReason, JitAnswer, shown};
use crate::fixture::request;
use crate::request::JitRequest;
use holdfast_ledger::money::{Amount, Currency, Signed};

fn parse(changes: &[(&str, &str)]) -> JitRequest {
    JitRequest::parse(request(changes).as_bytes()).unwrap()
}

fn text(answer: &JitAnswer<'_>) -> String {
    let text = String::from_utf8(answer.to_bytes()).unwrap();
    assert!(
        serde_json::from_str::<serde_json::Value>(&text).is_ok(),
        "{text}"
    );
    text
}

fn amount(text: &str) -> Amount {
    Amount::parse(text).unwrap()
}

#[test]
fn an_approval_repeats_the_tokens_and_says_the_amount_as_a_number() {
    let request = parse(&[]);
    let answer = JitAnswer::approve(&request, request.amount, "d-1");
    assert_eq!(answer.status(), 200);
    assert_eq!(
        text(&answer),
        r#"{"jit_funding":{"token":"j-1","method":"pgfs.authorization","user_token":"user-7","acting_user_token":"user-7","amount":42.10,"memo":"d-1"}}"#
    );
}

#[test]
fn a_decline_says_why_and_repeats_the_amount() {
    let request = parse(&[(
        "pgfs.authorization\",",
        "a\\\"b\",\"original_jit_funding_token\":\"j-0\",",
    )]);
    let answer = JitAnswer::decline(&request, DeclineReason::InsufficientFunds, "d-1");
    assert_eq!(answer.status(), 402);
    assert_eq!(
        text(&answer),
        r#"{"jit_funding":{"token":"j-1","method":"a\"b","user_token":"user-7","acting_user_token":"user-7","amount":42.10,"original_jit_funding_token":"j-0","decline_reason":"INSUFFICIENT_FUNDS","memo":"d-1"}}"#
    );
}

#[test]
fn amounts_have_the_decimals_of_the_currency_or_those_that_were_sent() {
    for (currency, sent, expected) in [
        ("USD", "42", "42.00"),
        ("JPY", "500.0", "500"),
        ("KWD", "1.5", "1.500"),
        ("XQQ", "1.50", "1.50"),
        ("XQQ", "7", "7"),
        ("XQQ", "1.0E7", "10000000"),
        ("USD", "999999999999999.99", "999999999999999.99"),
    ] {
        let request = parse(&[("42.1", sent), ("USD", currency)]);
        let text = text(&JitAnswer::decline(
            &request,
            DeclineReason::InvalidAmount,
            "",
        ));
        assert!(text.contains(&format!(r#""amount":{expected},"#)), "{text}");
    }
}

#[test]
fn an_inquiry_is_answered_with_balances_by_currency() {
    let request = parse(&[("42.1", "0")]);
    let yen = Balance {
        currency: Currency::parse("JPY").unwrap(),
        ledger: amount("500").credit(),
        available: amount("20").debit(),
        pending_credits: Amount::ZERO,
    };
    let dollar = Balance {
        currency: Currency::parse("USD").unwrap(),
        ledger: Signed::ZERO,
        available: Signed::ZERO,
        pending_credits: amount("1.5"),
    };
    let answer = JitAnswer::approve(&request, Amount::ZERO, "d").with_balances(vec![yen, dollar]);
    let expected = concat!(
        r#""amount":0.00,"memo":"d","balances":{"#,
        r#""JPY":{"currency_code":"JPY","ledger_balance":500,"available_balance":-20,"credit_balance":0,"pending_credits":0},"#,
        r#""USD":{"currency_code":"USD","ledger_balance":0.00,"available_balance":0.00,"credit_balance":0.00,"pending_credits":1.50}}}}"#
    );
    assert!(text(&answer).ends_with(expected), "{}", text(&answer));
    let none = JitAnswer::approve(&request, Amount::ZERO, "d").with_balances(Vec::new());
    assert!(text(&none).ends_with(r#""balances":{}}}"#));
}

/// Spaces, order, numbers and escapes as a JVM never writes them.
const AVS: &str = r#"{ "request" : {"zip":"94607","street_address":"1 SIDE ST \u00e9"},
 "issuer":{"on_file":{"n":1.50},"response":{"code":"0000"}} }"#;

#[test]
fn the_address_check_is_repeated_as_it_was_sent_and_shown_to_nobody() {
    let field = format!(r#""address_verification":{AVS},"method""#);
    let request = parse(&[(r#""method""#, &field)]);
    let approval = JitAnswer::approve(&request, request.amount, "d");
    let decline = JitAnswer::decline(&request, DeclineReason::InvalidAmount, "d");
    for answer in [approval, decline] {
        let text = text(&answer);
        let end = format!(r#","memo":"d","address_verification":{AVS}}}}}"#);
        assert!(text.ends_with(&end), "{text}");
        let shown = shown(&text).unwrap();
        assert_eq!(shown, text.replace(&end, r#","memo":"d"}}"#));
    }
}

#[test]
fn what_holds_no_address_is_shown_as_it_was_sent() {
    let request = parse(&[]);
    let answer = text(&JitAnswer::approve(&request, request.amount, "d"));
    let error = r#"{"error":{"code":"out_of_time"}}"#;
    for sent in [answer.as_str(), error] {
        assert_eq!(shown(sent).as_deref(), Some(sent));
    }
    assert_eq!(shown("no json at all"), None);
}

#[test]
fn memos_are_cut_to_what_marqeta_takes() {
    let request = parse(&[]);
    let memo = "m".repeat(200);
    let text = text(&JitAnswer::approve(&request, request.amount, &memo));
    assert!(text.contains(&format!(r#""{}""#, "m".repeat(99))));
}

#[test]
fn reasons_have_marqetas_names() {
    assert_eq!(DeclineReason::ALL.len(), 26);
    for reason in DeclineReason::ALL {
        assert_eq!(DeclineReason::parse(reason.as_str()), Some(*reason));
    }
}
