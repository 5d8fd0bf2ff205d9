//! Answers, byte for byte.

use super::{reason_text, redact_response};
use crate::fixture::request;
use crate::request::read_request;
use holdfast_decision::DeclineReason;
use holdfast_funding::processor::{
    Authorization, AuthorizationRequest, CurrencyBalance, StoredResponse,
};
use holdfast_ledger::money::{Amount, Currency, Signed};

fn parse(changes: &[(&str, &str)]) -> AuthorizationRequest {
    read_request(request(changes).as_bytes()).unwrap()
}

fn respond(request: &AuthorizationRequest, authorization: &Authorization<'_>) -> StoredResponse {
    let response = request.responder.respond(authorization);
    let body = &response.body;
    assert!(
        serde_json::from_str::<serde_json::Value>(body).is_ok(),
        "{body}"
    );
    response
}

fn approve(request: &AuthorizationRequest, amount: Amount, reference: &str) -> StoredResponse {
    respond(request, &Authorization::approve(amount, reference))
}

fn decline(request: &AuthorizationRequest, reference: &str) -> StoredResponse {
    let reason = DeclineReason::InsufficientFunds;
    respond(request, &Authorization::decline(reason, reference))
}

fn amount(text: &str) -> Amount {
    Amount::parse(text).unwrap()
}

#[test]
fn an_approval_repeats_the_tokens_and_says_the_amount_as_a_number() {
    let request = parse(&[]);
    let response = approve(&request, request.amount, "d-1");
    assert_eq!(response.status, 200);
    assert_eq!(
        response.body,
        r#"{"jit_funding":{"token":"j-1","method":"pgfs.authorization","user_token":"user-7","acting_user_token":"user-7","amount":42.10,"memo":"d-1"}}"#
    );
}

#[test]
fn a_decline_says_why_and_repeats_the_amount() {
    let request = parse(&[(
        "pgfs.authorization\",",
        "a\\\"b\",\"original_jit_funding_token\":\"j-0\",",
    )]);
    let response = decline(&request, "d-1");
    assert_eq!(response.status, 402);
    assert_eq!(
        response.body,
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
        let text = decline(&request, "").body;
        assert!(text.contains(&format!(r#""amount":{expected},"#)), "{text}");
    }
}

#[test]
fn an_inquiry_is_answered_with_balances_by_currency() {
    let request = parse(&[("42.1", "0")]);
    let yen = CurrencyBalance {
        currency: Currency::parse("JPY").unwrap(),
        posted: amount("500").credit(),
        available: amount("20").debit(),
        pending_credit: Amount::ZERO,
    };
    let dollar = CurrencyBalance {
        currency: Currency::parse("USD").unwrap(),
        posted: Signed::ZERO,
        available: Signed::ZERO,
        pending_credit: amount("1.5"),
    };
    let inquiry = |balances| {
        let balances = Some(balances);
        let approval = Authorization::approve(Amount::ZERO, "d");
        respond(
            &request,
            &Authorization {
                balances,
                ..approval
            },
        )
        .body
    };
    let response = inquiry(vec![yen, dollar]);
    let expected = concat!(
        r#""amount":0.00,"memo":"d","balances":{"#,
        r#""JPY":{"currency_code":"JPY","ledger_balance":500,"available_balance":-20,"credit_balance":0,"pending_credits":0},"#,
        r#""USD":{"currency_code":"USD","ledger_balance":0.00,"available_balance":0.00,"credit_balance":0.00,"pending_credits":1.50}}}}"#
    );
    assert!(response.ends_with(expected), "{response}");
    assert!(inquiry(Vec::new()).ends_with(r#""balances":{}}}"#));
}

/// Spaces, order, numbers and escapes as a JVM never writes them.
const AVS: &str = r#"{ "request" : {"zip":"94607","street_address":"1 SIDE ST \u00e9"},
 "issuer":{"on_file":{"n":1.50},"response":{"code":"0000"}} }"#;

#[test]
fn the_address_check_is_repeated_as_it_was_sent_and_not_printed() {
    let field = format!(r#""address_verification":{AVS},"method""#);
    let request = parse(&[(r#""method""#, &field)]);
    let approval = approve(&request, request.amount, "d");
    for response in [approval, decline(&request, "d")] {
        let text = response.body;
        let end = format!(r#","memo":"d","address_verification":{AVS}}}}}"#);
        assert!(text.ends_with(&end), "{text}");
        let shown = redact_response(&text).unwrap();
        assert_eq!(shown, text.replace(&end, r#","memo":"d"}}"#));
    }
}

#[test]
fn what_holds_no_address_is_shown_as_it_was_sent() {
    let request = parse(&[]);
    let response = approve(&request, request.amount, "d").body;
    let error = r#"{"error":{"code":"out_of_time"}}"#;
    for sent in [response.as_str(), error] {
        assert_eq!(redact_response(sent).as_deref(), Some(sent));
    }
    assert_eq!(redact_response("no json at all"), None);
}

#[test]
fn memos_are_cut_to_what_marqeta_takes() {
    let request = parse(&[]);
    let memo = "m".repeat(200);
    let text = approve(&request, request.amount, &memo).body;
    assert!(text.contains(&format!(r#""{}""#, "m".repeat(99))));
}

#[test]
fn every_decline_reason_has_a_name_of_marqetas_own() {
    let texts: std::collections::BTreeSet<&str> = DeclineReason::ALL
        .iter()
        .copied()
        .map(reason_text)
        .collect();
    assert_eq!(texts.len(), DeclineReason::ALL.len());
    let is_name = |text: &&str| text.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    assert!(texts.iter().all(is_name), "{texts:?}");
}
