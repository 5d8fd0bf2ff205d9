//! Requests: what is read of them.

mod faults;

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

#[test]
fn a_state_only_informs_and_is_kept_as_it_was_sent() {
    for (sent, kept) in [("7", "7"), (r#"" PENDING ""#, "PENDING"), ("{}", "")] {
        let read = parse(&[(
            r#""state":"PENDING","token":"t-1""#,
            &format!(r#""state":{sent},"token":"t-1""#),
        )]);
        assert_eq!(read.state.as_str(), kept, "{sent}");
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
