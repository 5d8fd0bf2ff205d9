//! Shapes of the messages, as the reference has them.

mod followers;

use std::time::Duration;

use time::OffsetDateTime;

use crate::tests::fake_gateway::account;
use crate::{
    AccountKind, JitExchange, JitResponse, Json, MessageKind, MessageOutcome, Random, SimAccount,
    Trade, Transaction,
};

fn opening(kind: MessageKind, account: &SimAccount, amount: &str) -> Transaction {
    let at = OffsetDateTime::from_unix_timestamp(1_748_974_811).unwrap();
    let merchant = &Trade::Grocery.merchants()[0];
    Transaction::opening(
        kind,
        account,
        merchant,
        amount.parse().unwrap(),
        at,
        &mut Random::new(4),
    )
}

fn next(of: &Transaction, kind: MessageKind, amount: &str) -> Transaction {
    let created = of.created + time::Duration::days(1);
    let mut random = Random::keyed(5, &of.token);
    of.followed_by(kind, amount.parse().unwrap(), created, &mut random)
}

fn outcome_after(of: &Transaction, response: JitResponse, body: &str) -> MessageOutcome {
    let body = (!body.is_empty()).then(|| body.to_owned());
    let latency = Duration::from_millis(12);
    MessageOutcome::after(
        of,
        JitExchange {
            response,
            latency,
            requested: of.amount,
            body,
        },
    )
}

fn approved(of: &Transaction, amount: &str) -> MessageOutcome {
    let body = format!(r#"{{"jit_funding":{{"amount":{amount}}}}}"#);
    outcome_after(
        of,
        JitResponse::Approved {
            amount: amount.parse().unwrap(),
        },
        &body,
    )
}

/// The text of the value at each of these paths.
#[track_caller]
fn expect(message: &Json, wanted: &[(&str, &str)]) {
    for (path, text) in wanted {
        let found = message
            .get(path)
            .map_or("nothing".to_owned(), Json::to_string);
        assert_eq!(found, *text, "{path}");
    }
    assert_unique_keys(message);
    serde_json::from_str::<serde_json::Value>(&message.to_string()).unwrap();
}

fn assert_unique_keys(json: &Json) {
    if let Json::Object(fields) = json {
        for (n, (key, value)) in fields.iter().enumerate() {
            assert!(
                fields[..n].iter().all(|field| field.0 != *key),
                "{key} twice"
            );
            assert_unique_keys(value);
        }
    }
}

#[test]
fn a_request_is_the_bare_transaction_with_a_jit_block() {
    let purchase = opening(MessageKind::Authorization, &account("USD"), "42.10");
    let request = purchase.request();
    expect(
        &request,
        &[
            ("type", r#""authorization""#),
            ("state", r#""PENDING""#),
            ("user_token", r#""user-7""#),
            ("acting_user_token", r#""user-7""#),
            ("business_token", "nothing"),
            ("card_token", r#""card-7""#),
            ("amount", "42.1"),
            ("request_amount", "42.1"),
            ("currency_code", r#""USD""#),
            ("created_time", r#""2025-06-03T18:20:11Z""#),
            ("settlement_date", r#""2025-06-03T00:00:00Z""#),
            ("gpa_order.amount", "42.1"),
            ("gpa_order.funding.amount", "42.1"),
            ("gpa_order.jit_funding.amount", "42.1"),
            ("gpa_order.jit_funding.method", r#""pgfs.authorization""#),
            ("gpa_order.jit_funding.user_token", r#""user-7""#),
            (
                "gpa_order.jit_funding.original_jit_funding_token",
                "nothing",
            ),
            ("gpa.balances.USD.available_balance", "0.0"),
            (
                "currency_conversion.network.original_currency_code",
                r#""840""#,
            ),
            ("card_acceptor.mcc", r#""5411""#),
            ("pos.partial_approval_capable", "false"),
        ],
    );
    for path in [
        "acquirer.system_trace_audit_number",
        "fraud.network",
        "transaction_metadata",
    ] {
        assert!(request.get(path).is_some(), "{path}");
    }
    for path in [
        "response",
        "duration",
        "identifier",
        "approval_code",
        "gpa.impacted_amount",
    ] {
        assert!(request.get(path).is_none(), "{path}");
    }
    for path in [
        "gpa_order.created_time",
        "gpa_order.funding.gateway_log",
        "transactions",
    ] {
        assert!(request.get(path).is_none(), "{path}");
    }
    assert!(
        [&purchase.token, &purchase.jit_token]
            .iter()
            .all(|token| token.len() == 36)
    );
}

#[test]
fn amounts_keep_their_digits_in_every_currency() {
    for (currency, amount, text, numeric) in [
        ("JPY", "500", "500.0", "392"),
        ("KWD", "1.234", "1.234", "414"),
        ("EUR", "0.05", "0.05", "978"),
    ] {
        let request = opening(MessageKind::Authorization, &account(currency), amount).request();
        let number = format!("{numeric:?}");
        expect(
            &request,
            &[
                ("gpa_order.jit_funding.amount", text),
                ("amount", text),
                (
                    "currency_conversion.network.original_currency_code",
                    &number,
                ),
            ],
        );
    }
}

#[test]
fn a_business_is_named_by_its_own_field() {
    let account = SimAccount::new("biz-1", AccountKind::Business, "card-9", "USD").unwrap();
    expect(
        &opening(MessageKind::Authorization, &account, "1").request(),
        &[
            ("business_token", r#""biz-1""#),
            ("user_token", "nothing"),
            ("acting_user_token", r#""biz-1-clerk""#),
            ("gpa_order.jit_funding.business_token", r#""biz-1""#),
            ("gpa_order.jit_funding.user_token", "nothing"),
        ],
    );
}

#[test]
fn an_approval_is_notified_with_our_answer_and_its_impact() {
    let purchase = opening(MessageKind::Authorization, &account("USD"), "42.10");
    let outcome = approved(&purchase, "42.10");
    let notification = purchase.notification(&outcome);
    expect(
        &notification,
        &[
            ("state", r#""PENDING""#),
            ("response.code", r#""0000""#),
            ("gpa.impacted_amount", "-42.1"),
            ("gpa.balances.USD.impacted_amount", "-42.1"),
            ("gpa_order.funding.gateway_log.timed_out", "false"),
            ("gpa_order.funding.gateway_log.response.code", r#""200""#),
            // The response as we gave it, digit by digit.
            (
                "gpa_order.funding.gateway_log.response.data",
                r#"{"jit_funding":{"amount":42.10}}"#,
            ),
        ],
    );
    assert!(notification.get("approval_code").is_some());
    expect(
        &purchase.gpa_transaction(&outcome),
        &[
            ("type", r#""gpa.credit.authorization""#),
            (
                "token",
                &notification
                    .get("gpa_order.transaction_token")
                    .unwrap()
                    .to_string(),
            ),
            (
                "preceding_related_transaction_token",
                &notification.get("token").unwrap().to_string(),
            ),
            ("gpa.impacted_amount", "42.1"),
            ("card_acceptor", "nothing"),
        ],
    );
}

#[test]
fn a_partial_approval_is_notified_with_the_smaller_amount() {
    let purchase = opening(MessageKind::Authorization, &account("USD"), "125");
    expect(
        &purchase.notification(&approved(&purchase, "80.5")),
        &[
            ("amount", "80.5"),
            ("request_amount", "125.0"),
            ("gpa_order.jit_funding.amount", "80.5"),
            ("gpa.impacted_amount", "-80.5"),
            ("response.code", r#""0002""#),
        ],
    );
}

#[test]
fn a_refusal_is_notified_as_declined_by_the_gateway() {
    let purchase = opening(MessageKind::Authorization, &account("USD"), "42.10");
    let no = JitResponse::Declined {
        reason: "INSUFFICIENT_FUNDS".into(),
    };
    let outcome = outcome_after(&purchase, no, r#"{"jit_funding":{"amount":42.10}}"#);
    expect(
        &purchase.notification(&outcome),
        &[
            ("state", r#""DECLINED""#),
            ("response.code", r#""1884""#),
            ("gpa_order.state", r#""DECLINED""#),
            ("gpa_order.response.code", r#""1842""#),
            (
                "gpa_order.funding.gateway_log.message",
                r#""Declined by gateway.""#,
            ),
            ("gpa_order.funding.gateway_log.response.code", r#""402""#),
            ("gpa.impacted_amount", "nothing"),
            ("approval_code", "nothing"),
        ],
    );
    expect(
        &purchase.gpa_transaction(&outcome),
        &[("state", r#""DECLINED""#)],
    );
}

#[test]
fn a_late_answer_is_notified_as_timed_out() {
    let purchase = opening(MessageKind::Authorization, &account("USD"), "42.10");
    let outcome = outcome_after(&purchase, JitResponse::Timeout, "");
    expect(
        &purchase.notification(&outcome),
        &[
            ("state", r#""DECLINED""#),
            ("gpa_order.state", r#""ERROR""#),
            ("gpa_order.funding.gateway_log.timed_out", "true"),
            ("gpa_order.funding.gateway_log.response.code", r#""97""#),
            ("gpa_order.funding.gateway_log.response.data", "nothing"),
            ("response.code", r#""1016""#),
        ],
    );
}
