//! Groups of merchant categories and of merchants.

use super::{refuses, round, with};
use crate::control::Kind;
use serde_json::{Value, json};

fn least() -> Value {
    json!({"name": "Fuel", "mccs": ["5541", "5542"]})
}

fn holding(of: &Value) -> Value {
    with(&least(), "config", json!({"authorization_controls": of}))
}

#[test]
fn an_mcc_group_is_printed_as_it_was_said() {
    let wanted = json!({"token": "one", "name": "Fuel", "active": true, "mccs": ["5541", "5542"]});
    assert_eq!(round(Kind::MccGroup, &least()), wanted);
    let ranges = json!(["5411", "9876-9880"]);
    for (name, value) in [("mccs", ranges), ("active", json!(false))] {
        let body = with(&least(), name, value.clone());
        assert_eq!(round(Kind::MccGroup, &body)[name], value);
    }
    let spaced = with(&least(), "mccs", json!([5411, " 9876 - 9880"]));
    assert_eq!(
        round(Kind::MccGroup, &spaced)["mccs"],
        json!(["5411", "9876-9880"])
    );
    for empty in [json!({}), json!({"authorization_controls": null})] {
        let body = with(&least(), "config", empty);
        assert_eq!(round(Kind::MccGroup, &body), wanted);
    }
}

#[test]
fn an_mcc_group_may_say_how_authorizations_are_held() {
    let held = |of: &Value| {
        round(Kind::MccGroup, &holding(of))["config"]["authorization_controls"].to_string()
    };
    assert_eq!(held(&json!({})), r#"{"hold_expiration_days":7}"#);
    assert_eq!(
        held(&json!({"hold_expiration_days": 1})),
        r#"{"hold_expiration_days":1}"#
    );
    for (kind, value) in [("AMOUNT", "5"), ("PERCENT", "12.5"), ("UP_TO_LIMIT", "80")] {
        let body =
            json!({"hold_increase": {"type": kind, "value": value}, "hold_expiration_days": 30});
        let wanted = format!(
            r#"{{"hold_expiration_days":30,"hold_increase":{{"type":"{kind}","value":{value}}}}}"#
        );
        assert_eq!(held(&body), wanted);
    }
}

#[test]
fn what_is_wrong_with_an_mcc_group_is_named() {
    refuses(
        Kind::MccGroup,
        &least(),
        &[
            ("name", json!(null), "name", "missing"),
            ("name", json!("x".repeat(256)), "name", "255"),
            ("active", json!("so"), "active", "true"),
            ("mccs", json!(null), "mccs", "missing"),
            ("mccs", json!([]), "mccs", "at least one"),
            ("mccs", json!("5411"), "mccs", "list"),
            ("mccs", json!(["5411", "fuel"]), "mccs[1]", "four digits"),
            ("mccs", json!(["9880-9876"]), "mccs[0]", "four digits"),
            ("mccs", json!([null]), "mccs[0]", "text"),
            ("config", json!(7), "config", "object"),
            (
                "config",
                json!({"authorization_controls": 7}),
                "config.authorization_controls",
                "object",
            ),
        ],
    );
    let deep = "config.authorization_controls.";
    for (of, field, expected) in [
        (
            json!({"hold_expiration_days": 0}),
            "hold_expiration_days",
            "from 1",
        ),
        (
            json!({"hold_expiration_days": 366}),
            "hold_expiration_days",
            "365",
        ),
        (
            json!({"hold_expiration_days": 1.5}),
            "hold_expiration_days",
            "whole",
        ),
        (json!({"hold_increase": 5}), "hold_increase", "object"),
        (
            json!({"hold_increase": {"value": 5}}),
            "hold_increase.type",
            "missing",
        ),
        (
            json!({"hold_increase": {"type": "AMOUNT"}}),
            "hold_increase.value",
            "missing",
        ),
        (
            json!({"hold_increase": {"type": "MORE", "value": 5}}),
            "hold_increase.type",
            "PERCENT",
        ),
        (
            json!({"hold_increase": {"type": "AMOUNT", "value": -5}}),
            "hold_increase.value",
            "negative",
        ),
    ] {
        let path = format!("{deep}{field}");
        let config = json!({"authorization_controls": of});
        refuses(
            Kind::MccGroup,
            &least(),
            &[("config", config, &path, expected)],
        );
    }
}

#[test]
fn a_merchant_group_is_a_name_and_numbers() {
    let body = json!({"name": "x".repeat(40), "mids": ["b", "a", 7, "b"], "active": true});
    let wanted = json!({"token": "one", "name": "x".repeat(40), "mids": ["7", "a", "b"],
        "active": true});
    assert_eq!(round(Kind::MerchantGroup, &body), wanted);
    let empty = with(&body, "mids", json!([]));
    assert_eq!(round(Kind::MerchantGroup, &empty)["mids"], json!([]));
    refuses(
        Kind::MerchantGroup,
        &body,
        &[
            ("name", json!(null), "name", "missing"),
            ("name", json!("x".repeat(41)), "name", "40"),
            ("active", json!(false), "active", "deleted"),
            ("mids", json!(null), "mids", "missing"),
            ("mids", json!("a"), "mids", "list"),
            ("mids", json!(["a", ["b"]]), "mids[1]", "text"),
        ],
    );
}
