//! Fields without effect here, unpublished fields, and fields of responses.

use super::{parse, refuses, round, velocity, with};
use crate::control::{GivenFields, Kind, print};
use serde_json::{Value, json};

/// A body of each kind, with nothing that may be left out.
fn least(kind: Kind) -> Value {
    match kind {
        Kind::Velocity => velocity::least(),
        Kind::Authorization => json!({"name": "n"}),
        Kind::Exemption => json!({"name": "n", "mid": "m"}),
        Kind::MccGroup => json!({"name": "n", "mccs": ["5411"]}),
        Kind::MerchantGroup => json!({"name": "n", "mids": ["m"]}),
    }
}

#[test]
fn a_published_field_without_effect_is_kept_unchanged_and_warned_of() {
    for (name, value) in [
        ("include_transfers", json!(false)),
        ("include_transfers", json!(true)),
        ("include_transfers", json!("FALSE")),
        ("velocity_window_start_day", json!(15)),
        ("velocity_window_start_day", json!("2")),
    ] {
        let shown = round(
            Kind::Velocity,
            &with(&least(Kind::Velocity), name, value.clone()),
        );
        assert_eq!(shown[name], value);
        let warning = format!("{name} has no effect here");
        assert_eq!(shown["warnings"], json!([warning]), "{shown}");
    }
    let mut both = least(Kind::Velocity);
    both["include_transfers"] = json!(true);
    both["velocity_window_start_day"] = json!(1);
    let warnings = round(Kind::Velocity, &both)["warnings"].clone();
    assert_eq!(warnings.as_array().unwrap().len(), 2, "{warnings}");
    for kind in Kind::ALL {
        let shown = round(kind, &least(kind));
        assert!(shown.get("warnings").is_none(), "{shown}");
        assert!(shown.get("include_transfers").is_none(), "{shown}");
    }
}

#[test]
fn a_field_without_effect_has_its_type_all_the_same() {
    let least = least(Kind::Velocity);
    let (flag, day) = ("include_transfers", "velocity_window_start_day");
    let mut wrong = Vec::new();
    for value in [json!("perhaps"), json!(2), json!([]), json!({})] {
        wrong.push((flag, value, flag, "true"));
    }
    for value in [json!(0), json!(-1), json!(1.5), json!("so"), json!([])] {
        wrong.push((day, value, day, "whole number"));
    }
    refuses(Kind::Velocity, &least, &wrong);
    // Null is absent, as Marqeta has it.
    let shown = round(Kind::Velocity, &with(&least, flag, Value::Null));
    assert_eq!(shown, round(Kind::Velocity, &least));
}

#[test]
fn what_is_stored_of_it_is_what_was_given() {
    let body = r#"{"amount_limit":1,"currency_code":"USD","velocity_window":"DAY","include_transfers":"TRUE"}"#;
    let control = parse(Kind::Velocity, "one", body).unwrap();
    let stored = control.given.to_json().unwrap();
    assert_eq!(stored, r#"{"include_transfers":"TRUE"}"#);
    let given = GivenFields::parse(&stored).unwrap();
    let shown = print(&control.definition, &given, None).unwrap();
    assert!(
        shown.get().contains(r#""include_transfers":"TRUE","#),
        "{shown}"
    );
    // The digits are those that are printed without it.
    assert!(shown.get().contains(r#""amount_limit":1.00,"#), "{shown}");
}

#[test]
fn a_form_that_says_more_than_what_is_in_force_is_shown_as_given() {
    for kind in [Kind::Velocity, Kind::Authorization, Kind::Exemption] {
        let business = json!({"business_token": "b"});
        let shown = round(kind, &with(&least(kind), "association", business.clone()));
        assert_eq!(shown["association"], business);
        assert!(shown.get("warnings").is_none(), "{shown}");
    }
    let crossed = json!({"include_credits_types": ["NETWORK_LOAD"], "include_network_load_types": ["Original_Credit"]});
    let body = with(
        &least(Kind::Velocity),
        "money_in_transaction",
        crossed.clone(),
    );
    assert_eq!(
        round(Kind::Velocity, &body)["money_in_transaction"],
        crossed
    );
}

#[test]
fn a_listed_type_that_counts_nothing_is_warned_of() {
    let listed = |name: &str| {
        let types = json!({"include_network_load_types": [name]});
        let body = with(
            &least(Kind::Velocity),
            "money_in_transaction",
            types.clone(),
        );
        let shown = round(Kind::Velocity, &body);
        assert_eq!(shown["money_in_transaction"], types);
        shown["warnings"].clone()
    };
    for name in [
        "GPA_CREDIT_NETWORKLOAD",
        "original.credit",
        "ORIGINAL_CREDIT_AUTHORIZATION",
        "gpa",
    ] {
        assert_eq!(listed(name), Value::Null, "{name}");
    }
    for name in ["NETWORK_LOAD", "refund", "original.cred"] {
        let warnings = listed(name).to_string();
        assert!(
            warnings.contains(&format!("{name} has no effect here")),
            "{warnings}"
        );
    }
}

#[test]
fn an_unpublished_field_is_refused_with_the_nearest_name() {
    for (kind, typed, meant) in [
        (Kind::Velocity, "amount_limt", "amount_limit"),
        (Kind::Velocity, "include_transfer", "include_transfers"),
        (Kind::Velocity, "approval_only", "approvals_only"),
        (Kind::Velocity, "mccs", "merchant_scope"),
        (Kind::Authorization, "start_tme", "start_time"),
        (Kind::Authorization, "include_transfers", "merchant_scope"),
        (Kind::Exemption, "mids", "mid"),
        (Kind::MccGroup, "mcc", "mccs"),
        (Kind::MerchantGroup, "mid", "mids"),
        (Kind::MerchantGroup, "Name", "name"),
    ] {
        for value in [json!(true), Value::Null, json!({"a": []})] {
            let body = with(&least(kind), typed, value);
            let error = parse(kind, "one", &body.to_string()).unwrap_err();
            assert_eq!(
                (error.code(), error.field()),
                ("unknown_field", Some(typed))
            );
            let message = error.to_string();
            assert!(message.contains("nearest is"), "{message}");
            if meant != "merchant_scope" {
                assert!(
                    message.ends_with(&format!("nearest is {meant}")),
                    "{message}"
                );
            }
        }
    }
}

#[test]
fn an_unpublished_field_is_refused_however_deep() {
    let refused = |kind, name: &str, value: Value, path: &str, nearest: &str| {
        refuses(kind, &least(kind), &[(name, value, path, nearest)]);
    };
    for kind in [Kind::Velocity, Kind::Authorization, Kind::Exemption] {
        let (association, wanted) = ("association", "nearest is user_token");
        refused(
            kind,
            association,
            json!({"user": "u"}),
            "association.user",
            wanted,
        );
        let (place, path) = ("merchant_scope", "merchant_scope.mcc_groups");
        refused(
            kind,
            place,
            json!({"mcc_groups": "g"}),
            path,
            "nearest is mcc_group",
        );
    }
    let (loads, path) = (
        "money_in_transaction",
        "money_in_transaction.include_credit_types",
    );
    let nearest = "nearest is include_credits_types";
    refused(
        Kind::Velocity,
        loads,
        json!({"include_credit_types": ["A"]}),
        path,
        nearest,
    );
    let holding = |of: Value| json!({"authorization_controls": of});
    for (config, path) in [
        (json!({"holding": {}}), "config.holding"),
        (
            holding(json!({"days": 7})),
            "config.authorization_controls.days",
        ),
        (
            holding(json!({"hold_increase": {"type": "AMOUNT", "value": 1, "unit": "USD"}})),
            "config.authorization_controls.hold_increase.unit",
        ),
    ] {
        refused(
            Kind::MccGroup,
            "config",
            config,
            path,
            "unknown field; known are ",
        );
    }
}

#[test]
fn fields_of_answers_are_accepted_and_ours_are_shown() {
    let available = json!({"amount": 296.0, "days_remaining": 1, "uses": 1});
    let body = with(&least(Kind::Velocity), "available", available);
    assert!(round(Kind::Velocity, &body).get("available").is_none());
    for kind in Kind::ALL {
        let mut body = with(&least(kind), "created_time", json!("2025-01-01T00:00:00Z"));
        body["last_modified_time"] = json!("2025-01-01T00:00:00Z");
        body["warnings"] = json!(["something was said before"]);
        assert_eq!(round(kind, &body), round(kind, &least(kind)));
        let wrong = [
            ("created_time", json!(7), "created_time", "time"),
            ("warnings", json!("so"), "warnings", "list"),
        ];
        refuses(kind, &least(kind), &wrong);
    }
    let mut exempt = with(
        &least(Kind::Exemption),
        "created",
        json!("2025-01-01T00:00:00Z"),
    );
    exempt["last_updated"] = json!("2025-01-01T00:00:00Z");
    round(Kind::Exemption, &exempt);
    let wrong = [("available", json!(7), "available", "object")];
    refuses(Kind::Velocity, &least(Kind::Velocity), &wrong);
}
