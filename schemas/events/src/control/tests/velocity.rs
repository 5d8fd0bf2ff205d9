//! Spending limits.

use super::{definition, parse, printed, refuses, round, with};
use crate::control::Kind;
use holdfast_ledger::control::{Applies, Definition, MoneyIn, VelocityControl};
use serde_json::{Value, json};
use std::path::PathBuf;

const WHERE: &str = "HOLDFAST_VENDOR_SAMPLES";

pub(super) fn least() -> Value {
    json!({"amount_limit": 500.25, "currency_code": "USD", "velocity_window": "DAY"})
}

fn control(name: &str, value: Value) -> VelocityControl {
    match definition(Kind::Velocity, &with(&least(), name, value)) {
        Definition::Velocity(control) => control,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_not_said_is_as_marqeta_has_it() {
    let wanted = json!({
        "token": "one", "active": true, "amount_limit": 500.25, "currency_code": "USD",
        "velocity_window": "DAY", "usage_limit": -1, "approvals_only": true,
        "include_purchases": true, "include_withdrawals": true, "include_cashback": true,
        "include_credits": false, "association": {}, "merchant_scope": {},
    });
    assert_eq!(round(Kind::Velocity, &least()), wanted);
    let mut nulls = least();
    for name in ["name", "active", "usage_limit", "association", "token"] {
        nulls[name] = Value::Null;
    }
    nulls["money_in_transaction"] = json!({"include_credits_types": null});
    nulls["merchant_scope"] = json!({"mcc": null, "mid": ""});
    assert_eq!(round(Kind::Velocity, &nulls), wanted);
}

#[test]
fn what_is_said_is_kept() {
    for (name, value) in [
        ("name", json!("Groceries")),
        ("active", json!(false)),
        ("usage_limit", json!(0)),
        ("usage_limit", json!(i32::MAX)),
        ("currency_code", json!("EUR")),
        ("velocity_window", json!("QUARTER")),
        ("velocity_window", json!("LIFETIME")),
        ("approvals_only", json!(false)),
        ("include_purchases", json!(false)),
        ("include_withdrawals", json!(false)),
        ("include_cashback", json!(false)),
        ("include_credits", json!(true)),
        ("association", json!({"user_token": "u"})),
        ("association", json!({"card_token": "c"})),
        ("association", json!({"card_product_token": "p"})),
        ("merchant_scope", json!({"mcc": "5411"})),
        ("merchant_scope", json!({"mcc": "3501-3790"})),
        ("merchant_scope", json!({"mcc_group": "g"})),
        ("merchant_scope", json!({"mid": "000445"})),
        ("merchant_scope", json!({"merchant_group_token": "g"})),
    ] {
        let printed = round(Kind::Velocity, &with(&least(), name, value.clone()));
        assert_eq!(printed[name], value, "{name}");
    }
    let types = json!({"include_credits_types": ["ORIGINAL_CREDIT"], "include_network_load_types": ["NETWORK_LOAD"]});
    let listed = round(
        Kind::Velocity,
        &with(&least(), "money_in_transaction", types.clone()),
    );
    assert_eq!(listed["money_in_transaction"], types);
}

#[test]
fn other_forms_mean_the_same() {
    let text = |name: &str, value: Value| {
        round(Kind::Velocity, &with(&least(), name, value))[name].to_string()
    };
    assert_eq!(text("currency_code", json!("840")), r#""USD""#);
    assert_eq!(text("currency_code", json!(840)), r#""USD""#);
    assert_eq!(text("usage_limit", json!("10")), "10");
    assert_eq!(text("active", json!("false")), "false");
    assert_eq!(
        text("merchant_scope", json!({"mcc": 5411})),
        r#"{"mcc":"5411"}"#
    );
    let one_of = |name, value| control(name, value).counts.money_in;
    assert_eq!(one_of("include_credits", json!(true)), MoneyIn::All);
    assert_eq!(one_of("money_in_transaction", json!({})), MoneyIn::No);
}

#[test]
fn amounts_are_printed_with_the_exponent_of_their_currency() {
    for (amount, currency, wanted) in [
        (r#""500""#, "USD", "500.00"),
        ("0", "USD", "0.00"),
        ("500.250", "USD", "500.25"),
        ("500.0", "JPY", "500"),
        ("1.5", "KWD", "1.500"),
        ("999999999999999.99", "USD", "999999999999999.99"),
    ] {
        let body = format!(
            r#"{{"amount_limit":{amount},"currency_code":"{currency}","velocity_window":"DAY"}}"#
        );
        let control = parse(Kind::Velocity, "one", &body).unwrap();
        let text = crate::control::print(&control.definition, &control.given, None).unwrap();
        let field = format!(r#""amount_limit":{wanted},"#);
        assert!(text.get().contains(&field), "{text}");
    }
}

#[test]
fn a_limit_of_single_messages_counts_none() {
    for uses in [Value::Null, json!(-1)] {
        let mut body = with(&least(), "velocity_window", json!("TRANSACTION"));
        body["usage_limit"] = uses;
        assert_eq!(
            round(Kind::Velocity, &body)["usage_limit"],
            json!(null),
            "{body}"
        );
    }
    let body = with(&least(), "velocity_window", json!("TRANSACTION"));
    let wrong = [("usage_limit", json!(1), "usage_limit", "TRANSACTION")];
    refuses(Kind::Velocity, &body, &wrong);
}

#[test]
fn a_wrong_amount_window_or_name_is_named() {
    refuses(
        Kind::Velocity,
        &least(),
        &[
            ("amount_limit", json!(null), "amount_limit", "missing"),
            ("amount_limit", json!(-1), "amount_limit", "negative"),
            ("amount_limit", json!(1.001), "amount_limit", "decimals"),
            ("amount_limit", json!("much"), "amount_limit", "number"),
            ("currency_code", json!(null), "currency_code", "missing"),
            ("currency_code", json!("XQQ"), "currency_code", "840"),
            ("currency_code", json!("000"), "currency_code", "840"),
            ("velocity_window", json!(null), "velocity_window", "missing"),
            ("velocity_window", json!("HOUR"), "velocity_window", "WEEK"),
            ("usage_limit", json!(-2), "usage_limit", "-1"),
            ("usage_limit", json!(1.5), "usage_limit", "whole"),
            (
                "usage_limit",
                json!(1u64 << 31),
                "usage_limit",
                "2147483647",
            ),
            ("name", json!("x".repeat(256)), "name", "255"),
            ("name", json!(7), "name", "text"),
        ],
    );
}

#[test]
fn a_wrong_flag_is_named() {
    for flag in [
        "active",
        "approvals_only",
        "include_purchases",
        "include_withdrawals",
        "include_cashback",
        "include_credits",
        "include_transfers",
    ] {
        for value in [json!("perhaps"), json!(2), json!([]), json!("")] {
            refuses(Kind::Velocity, &least(), &[(flag, value, flag, "true")]);
        }
    }
}

#[test]
fn an_association_names_one_owner_and_can_be_read() {
    let field = "association";
    let refused = |value: Value, path: &str, expected: &str| {
        refuses(Kind::Velocity, &least(), &[(field, value, path, expected)]);
    };
    refused(json!("u"), field, "object");
    refused(
        json!({"user_token": "u", "card_token": "c"}),
        field,
        "one of",
    );
    for (name, value, expected) in [
        ("account_template_token", json!("t"), "not supported"),
        ("card_group_token", json!("g"), "not supported"),
        ("user_token", json!(7), "text"),
        ("business_token", json!(7), "text"),
        ("card_token", json!([]), "text"),
        ("card_product_token", json!("a\u{1}b"), "control"),
    ] {
        refused(json!({name: value}), &format!("{field}.{name}"), expected);
    }
}

#[test]
fn at_which_merchants_is_one_and_can_be_read() {
    let field = "merchant_scope";
    let refused = |value: Value, path: &str, expected: &str| {
        refuses(Kind::Velocity, &least(), &[(field, value, path, expected)]);
    };
    refused(json!([]), field, "object");
    refused(json!({"mcc": "5411", "mid": "m"}), field, "one of");
    for (name, value, expected) in [
        ("mcc", json!("541"), "four digits"),
        ("mcc", json!([]), "text"),
        ("mid", json!({}), "text"),
        ("mcc_group", json!(1), "text"),
        ("merchant_group_token", json!(1), "text"),
    ] {
        refused(json!({name: value}), &format!("{field}.{name}"), expected);
    }
}

#[test]
fn money_that_comes_in_is_all_or_listed() {
    let field = "money_in_transaction";
    let refused = |value: Value, path: &str, expected: &str| {
        refuses(Kind::Velocity, &least(), &[(field, value, path, expected)]);
    };
    let (credits, loads) = ("include_credits_types", "include_network_load_types");
    refused(json!([]), field, "object");
    refused(
        json!({credits: "ALL"}),
        &format!("{field}.{credits}"),
        "list",
    );
    refused(
        json!({loads: ["A", null]}),
        &format!("{field}.{loads}[1]"),
        "text",
    );
    let all = with(&least(), "include_credits", json!(true));
    let listed = json!({credits: ["A"]});
    refuses(Kind::Velocity, &all, &[(field, listed, field, "left out")]);
}

#[test]
fn the_vendors_samples_are_read_and_printed_as_they_are() {
    let Some(folder) = std::env::var_os(WHERE).map(PathBuf::from) else {
        println!("skipped: {WHERE} is not set");
        return;
    };
    let sample = |name: &str| -> Value {
        let text = std::fs::read_to_string(folder.join(format!("velocitycontrol.{name}-1.json")));
        serde_json::from_str(&text.unwrap()).unwrap()
    };
    let token = "my_velocitycontrol_01";
    let read = |body: &Value| parse(Kind::Velocity, token, &body.to_string()).unwrap();
    let response = sample("create-response");
    // Transfers have no effect here: what was not said of them is not shown, what was said is, with a warning.
    let mut silent = response.clone();
    silent.as_object_mut().unwrap().remove("include_transfers");
    assert_eq!(printed(&read(&sample("create-request"))), silent);
    let mut warned = response.clone();
    warned["warnings"] = json!(["include_transfers has no effect here"]);
    assert_eq!(printed(&read(&response)), warned);
    let available = sample("available-response");
    let listed = available["data"].as_array().unwrap();
    assert_eq!(listed.len(), 2);
    for mut one in listed.iter().cloned() {
        one["token"] = json!(token);
        let Definition::Velocity(control) = read(&one).definition else {
            panic!("{one}")
        };
        assert_eq!(control.applies, Applies::Program);
        assert_eq!(control.currency.code(), "USD");
    }
}
