//! Where may be spent, and where that is not asked.

use super::{definition, refuses, round, with};
use crate::control::Kind;
use holdfast_ledger::control::{Definition, MerchantScope};
use serde_json::{Value, json};

fn least() -> Value {
    json!({"name": "No gambling"})
}

fn exempt() -> Value {
    json!({"name": "Our shop", "mid": "000445"})
}

#[test]
fn what_is_not_said_is_as_marqeta_has_it() {
    let wanted = json!({"token": "one", "name": "No gambling", "active": true, "association": {},
        "merchant_scope": {}});
    assert_eq!(round(Kind::Authorization, &least()), wanted);
    let known = with(&least(), "created_time", json!("2025-01-01T00:00:00Z"));
    assert_eq!(round(Kind::Authorization, &known), wanted);
}

#[test]
fn what_is_said_is_kept() {
    for (name, value) in [
        ("name", json!("x".repeat(255))),
        ("active", json!(false)),
        ("association", json!({"user_token": "u"})),
        ("association", json!({"card_product_token": "p"})),
        ("merchant_scope", json!({"mcc": "7995"})),
        ("merchant_scope", json!({"mcc_group": "g"})),
        ("merchant_scope", json!({"merchant_group_token": "g"})),
        ("merchant_scope", json!({"mid": "m"})),
        ("start_time", json!("2025-06-03T18:20:11.204Z")),
        ("end_time", json!("2025-06-03T18:20:11.204Z")),
    ] {
        let printed = round(Kind::Authorization, &with(&least(), name, value.clone()));
        assert_eq!(printed[name], value, "{name}");
    }
}

#[test]
fn what_is_wrong_is_named() {
    let both = json!({"mcc": "7995", "mcc_group": "g"});
    let wrong = |kind, body: Value| {
        refuses(
            kind,
            &body,
            &[
                ("name", json!(null), "name", "missing"),
                ("name", json!("x".repeat(256)), "name", "255"),
                ("active", json!(7), "active", "true"),
                (
                    "association",
                    json!({"card_token": 1}),
                    "association.card_token",
                    "text",
                ),
                ("start_time", json!("soon"), "start_time", "time"),
                ("end_time", json!(17), "end_time", "time"),
            ],
        );
        let body = with(&body, "start_time", json!("2025-06-03T18:20:11Z"));
        for end in ["2025-06-03T18:20:11Z", "2025-06-03T18:20:10Z"] {
            refuses(
                kind,
                &body,
                &[("end_time", json!(end), "end_time", "after start_time")],
            );
        }
    };
    wrong(Kind::Authorization, least());
    wrong(Kind::Exemption, exempt());
    refuses(
        Kind::Authorization,
        &least(),
        &[
            ("merchant_scope", both, "merchant_scope", "one of"),
            (
                "merchant_scope",
                json!({"mcc": "bet"}),
                "merchant_scope.mcc",
                "four digits",
            ),
        ],
    );
}

#[test]
fn an_exemption_names_merchants_at_the_top_or_in_its_scope() {
    let wanted = json!({"token": "one", "name": "Our shop", "active": true, "association": {},
        "mid": "000445"});
    assert_eq!(round(Kind::Exemption, &exempt()), wanted);
    let scoped = json!({"name": "Our shop", "merchant_scope": {"mid": "000445"}});
    assert_eq!(round(Kind::Exemption, &scoped), wanted);
    let group = json!({"name": "Ours", "merchant_group_token": "g"});
    let Definition::Exemption(control) = definition(Kind::Exemption, &group) else {
        panic!("{group}")
    };
    assert!(matches!(control.merchants, MerchantScope::MerchantGroup(_)));
    assert_eq!(round(Kind::Exemption, &group)["merchant_group_token"], "g");
    refuses(
        Kind::Exemption,
        &exempt(),
        &[
            ("mid", json!(null), "mid", "which merchants"),
            ("mid", json!([]), "mid", "text"),
            ("merchant_group_token", json!("g"), "mid", "not both"),
            ("merchant_scope", json!({"mid": "x"}), "mid", "not twice"),
            (
                "merchant_scope",
                json!({"mcc": "5411"}),
                "merchant_scope.mcc",
                "not exempted",
            ),
            (
                "merchant_scope",
                json!({"mcc_group": "g"}),
                "merchant_scope.mcc_group",
                "not exempted",
            ),
            (
                "merchant_scope",
                json!({"mid": []}),
                "merchant_scope.mid",
                "text",
            ),
        ],
    );
}
