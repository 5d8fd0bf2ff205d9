//! A story whose money depends on every response before.

use std::collections::BTreeMap;
use std::time::Duration;

use rust_decimal::Decimal;
use serde_json::Value;

use super::{options, play, text};
use crate::tests::fake_gateway::{FakeGateway, ok};
use crate::{Mix, TrafficOptions};

fn amount(item: &Value) -> Decimal {
    item["amount"].to_string().parse().unwrap()
}

/// Declines the second increment of every stay.
async fn strict() -> FakeGateway {
    FakeGateway::start(|_, seen| {
        if seen.path == "/webhooks" {
            return ok(String::new());
        }
        let request = seen.json();
        let block = request["gpa_order"]["jit_funding"].clone();
        let second = !block["incremental_authorization_jit_funding_tokens"].is_null();
        let body = serde_json::json!({ "jit_funding": block }).to_string();
        (if second { 402 } else { 200 }, body, Duration::ZERO)
    })
    .await
}

#[tokio::test]
async fn a_stay_is_cleared_for_what_was_approved_after_its_last_approval() {
    let gateway = strict().await;
    let mix = Mix::only(&["hotel"]).unwrap();
    let report = play(&gateway, TrafficOptions { mix, ..options(10) }).await;
    assert_eq!((report.stats.approved, report.stats.declined), (20, 10));

    let items = gateway.items();
    let by_token: BTreeMap<_, _> = items
        .iter()
        .map(|item| (text(item, "/token"), item))
        .collect();
    let clearings = items
        .iter()
        .filter(|item| item["type"] == "authorization.clearing");
    assert_eq!(clearings.clone().count(), 10);
    for clearing in clearings {
        let before = by_token[&text(clearing, "/preceding_related_transaction_token")];
        let first = by_token[&text(before, "/preceding_related_transaction_token")];
        assert_eq!(before["type"], "authorization.incremental");
        assert_eq!(before["state"], "PENDING");
        assert_eq!(first["type"], "authorization");
        assert_eq!(amount(clearing), amount(before) + amount(first));
    }
}
