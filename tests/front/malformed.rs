//! A malformed envelope is one dead letter, however many keys it has, and harms no well-formed family.

use crate::setup::Setup;
use holdfast_funding::apply::Record;
use holdfast_tests::message::confirmed;
use http::Method;
use serde_json::{Value, json};

const WAITING: &str = "select count(*) from notification where status = 'waiting'";
/// One event a request, as a simulator of another maker sends it.
const SIMULATED: &str = r#"{"event_type":"authorization","transaction":{"token":"s-1","amount":9.5},"jit_funding":{"token":"s-1-j"}"#;

async fn dead_letters(setup: &Setup, query: &str) -> Vec<Value> {
    let path = format!("/api/v1/dead-letters{query}");
    let listed = setup.front.api(Method::GET, &path, "").await;
    assert_eq!(listed.status, 200, "{}", listed.text());
    listed.json()["dead_letters"].as_array().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_malformed_envelope_is_one_dead_letter_that_names_its_keys() {
    let setup = Setup::begin().await;
    let body = format!("{SIMULATED}}}");
    for _ in 0..2 {
        assert_eq!(setup.front.notify(body.clone()).await.status, 200);
    }
    let letters = dead_letters(&setup, "").await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    let error = letters[0]["error"].as_str().unwrap();
    for key in ["event_type", "transaction", "jit_funding"] {
        assert!(error.contains(key), "{error}");
    }
    let path = format!(
        "/api/v1/dead-letters/{}",
        letters[0]["id"].as_str().unwrap()
    );
    let shown = setup.front.api(Method::GET, &path, "").await.json();
    let sent: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        (&shown["status"], &shown["item"]),
        (&json!("parked"), &sent)
    );
    assert_eq!(setup.alerts().await, 1);
    assert_eq!(setup.balance().await, "100.00 0.00 100.00");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_well_formed_family_beside_malformed_keys_is_accepted() {
    let mut setup = Setup::begin().await;
    let purchase = confirmed(&setup.messages.purchase("payer", "4.00"));
    let body = format!(r#"{SIMULATED},"transactions":[{purchase}],"cardtransitions":[]}}"#);
    assert_eq!(setup.front.notify(body).await.status, 200);
    assert_eq!(setup.database.count(WAITING).await, 1);
    assert_eq!(dead_letters(&setup, "").await.len(), 1);
    setup.apply().await;
    assert_eq!(setup.balance().await, "100.00 4.00 96.00");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replayed_malformed_envelope_is_parked_again_with_its_reason() {
    let setup = Setup::begin().await;
    let sent = setup.front.notify(format!("{SIMULATED}}}")).await;
    assert_eq!(sent.status, 200);
    let letter = dead_letters(&setup, "").await.remove(0);
    let path = format!(
        "/api/v1/dead-letters/{}/replay",
        letter["id"].as_str().unwrap()
    );
    let replayed = setup.front.api(Method::POST, &path, "").await;
    assert_eq!(replayed.status, 200, "{}", replayed.text());
    assert_eq!(setup.database.count(WAITING).await, 1);
    let value = json!({
        "family": "(malformed)", "transaction": letter["transaction"], "state": letter["state"],
    });
    let record = Record {
        topic: "jit.notices.v1".to_owned(),
        partition: 0,
        offset: 0,
        key: letter["key"].as_str().map(str::to_owned),
        value: Some(value.to_string().into_bytes()),
    };
    let summary = setup.apply_records(&[record]).await;
    assert_eq!((summary.applied, summary.parked), (0, 1));
    assert_eq!(setup.database.count(WAITING).await, 0);
    let open = dead_letters(&setup, "").await;
    assert_eq!((open.len(), &open[0]["error"]), (1, &letter["error"]));
}
