//! Every path with a changing method writes an audit: the paths are read from the table of routes, their methods
//! from what they allow.

use super::alerts::{alert, raise};
use super::fixture::ApiFixture;
use super::records::notification;
use holdfast_ledger::alert::AlertKind;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The operator that no other test uses.
const OPERATOR: &str = "audited";

/// A method that no path has: the response names those that it has.
const NO_METHOD: &str = "PATCH";

/// Changing methods that change nothing.
const WITHOUT_CHANGE: [(&str, &str); 1] = [("POST", "decisions/simulate")];

/// A change: method, path as in the table of routes, names for its variables, body.
type ChangeCase = (&'static str, &'static str, String, Value);

/// The paths in the table of routes; a variable is `{}`.
fn route_patterns() -> BTreeSet<String> {
    let source = include_str!("../../api.rs");
    let lines = source.lines().map(str::trim);
    let rows = lines.filter_map(|line| line.strip_prefix('[')?.split_once("] =>"));
    let segment = |text: &str| match text.trim().trim_matches('"') {
        name if text.trim().starts_with('"') => name.to_owned(),
        _ => "{}".to_owned(),
    };
    rows.map(|(row, _)| row.split(',').map(segment).collect::<Vec<_>>().join("/"))
        .collect()
}

async fn changing_methods(fixture: &ApiFixture) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for pattern in route_patterns() {
        let path = format!("/api/v1/{}", pattern.replace("{}", "nothing"));
        let response = fixture
            .send(NO_METHOD, &path, Some("root"), String::new())
            .await;
        assert_eq!(response.status, 405, "{path}");
        let allowed = response.headers["allow"].to_str().unwrap().to_owned();
        let methods = allowed.split(", ").filter(|method| *method != "GET");
        found.extend(methods.map(|method| (method.to_owned(), pattern.clone())));
    }
    found
}

async fn recorded(fixture: &ApiFixture) -> Vec<Value> {
    let path = format!("/api/v1/audit?operator={OPERATOR}&limit=1000");
    let response = fixture.get(&path).await;
    response.json["audit"].as_array().unwrap().clone()
}

/// What the cases need: `(hold, purchase, capture, alert, dead letter)`.
async fn prepare(fixture: &ApiFixture) -> [String; 5] {
    fixture.account("aud", "100.00").await;
    let hold = fixture.purchase("aud", "aud-t1", "10.00").await;
    let purchase = fixture.purchase("aud", "aud-t2", "20.00").await;
    let capture = fixture.capture("aud", "aud-t3", "20.00").await;
    let raised = alert(AlertKind::DuplicateTransaction, "aud", "aud-t4", 1);
    raise(fixture, &[raised]).await;
    let parked = notification("aud", "aud-t5", Some("unreadable"));
    holdfast_funding::accept::accept_items(&fixture.store, &[parked])
        .await
        .unwrap();
    let alerts = fixture.get("/api/v1/alerts?account=aud").await.json;
    let letters = fixture.get("/api/v1/dead-letters?limit=1000").await.json;
    let letters = letters["dead_letters"].as_array().unwrap().clone();
    let letter = letters.iter().find(|one| one["key"] == "aud").unwrap();
    let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
    [
        hold,
        purchase,
        capture,
        id(&alerts["alerts"][0]),
        id(letter),
    ]
}

fn change_cases([hold, purchase, capture, alert, letter]: [String; 5]) -> Vec<ChangeCase> {
    let aud = || "aud".to_owned();
    let money = |reference| json!({"reference": reference, "amount": "1.00", "currency": "USD", "reason": "r"});
    let mut transfer = money("aud-1");
    transfer["direction"] = json!("debit");
    transfer.as_object_mut().unwrap().remove("reason");
    let limit = json!({"amount_limit": 5, "currency_code": "USD", "velocity_window": "DAY",
        "active": false});
    let mcc_group = json!({"name": "Fuel", "mccs": ["5541"]});
    let rules = || json!({"channels": {"atm": false}});
    let mut cases = vec![
        ("PUT", "accounts/{}", aud(), json!({"state": "suspended"})),
        ("POST", "accounts/{}/transfers", aud(), transfer),
        (
            "POST",
            "accounts/{}/adjustments",
            aud(),
            json!({"reference": "aud-2",
            "amount": "-200.00", "currency": "USD", "reason": "r"}),
        ),
        ("POST", "accounts/{}/write-offs", aud(), money("aud-3")),
        (
            "PUT",
            "cards/{}",
            "aud-card".to_owned(),
            json!({"account": "aud"}),
        ),
        ("POST", "holds/{}/release", hold, json!({"reason": "r"})),
        (
            "POST",
            "holds/{}/match",
            purchase.clone(),
            json!({"capture": capture, "reason": "r"}),
        ),
        ("POST", "holds/{}/unmatch", purchase, json!({"reason": "r"})),
        ("POST", "alerts/{}/acknowledge", alert, json!({"note": "n"})),
        ("POST", "dead-letters/{}/replay", letter, json!({})),
        (
            "PUT",
            "program",
            String::new(),
            json!({"hold_days_by_mcc": {"5541": 2}}),
        ),
        ("PUT", "velocity-controls/{}", aud(), limit),
        (
            "PUT",
            "authorization-controls/{}",
            aud(),
            json!({"name": "Shop", "active": false, "merchant_scope": {"mid": "1"}}),
        ),
        (
            "PUT",
            "exempt-mids/{}",
            aud(),
            json!({"name": "Shop", "mid": "2"}),
        ),
        ("PUT", "mcc-groups/{}", aud(), mcc_group),
        (
            "PUT",
            "merchant-groups/{}",
            aud(),
            json!({"name": "Ours", "mids": ["3"]}),
        ),
        ("PUT", "accounts/{}/rules", aud(), rules()),
        ("PUT", "cards/{}/rules", "aud-card".to_owned(), rules()),
        ("PUT", "program/rules", String::new(), json!({})),
    ];
    let puts: Vec<ChangeCase> = cases.clone();
    let is_deleted = |pattern: &str| !matches!(pattern, "program" | "accounts/{}" | "cards/{}");
    let puts = puts
        .into_iter()
        .filter(|case| case.0 == "PUT" && is_deleted(case.1));
    cases.extend(puts.map(|(_, pattern, name, _)| ("DELETE", pattern, name, Value::Null)));
    cases
}

#[tokio::test]
async fn every_changing_path_is_audited() {
    let fixture = ApiFixture::open().await;
    let cases = change_cases(prepare(&fixture).await);
    let mut tried = BTreeSet::new();
    for (method, pattern, name, body) in cases {
        let path = format!("/api/v1/{}", pattern.replace("{}", &name));
        let before = recorded(&fixture).await.len();
        let response = fixture
            .send(method, &path, Some(OPERATOR), body.to_string())
            .await;
        assert!(response.status < 300, "{method} {path}: {response:?}");
        let after = recorded(&fixture).await;
        assert_eq!(after.len(), before + 1, "{method} {path} wrote no audit");
        assert_eq!(after[0]["role"], "admin", "{method} {path}");
        assert_ne!(after[0]["before"], after[0]["after"], "{method} {path}");
        tried.insert((method.to_owned(), pattern.to_owned()));
    }
    let without = WITHOUT_CHANGE.map(|(method, path)| (method.to_owned(), path.to_owned()));
    tried.extend(without);
    assert_eq!(changing_methods(&fixture).await, tried);
}
