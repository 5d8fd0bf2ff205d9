//! Simulated decisions.

use super::fixture::ApiFixture;
use holdfast_funding::processor::Processor;
use holdfast_funding::simulate::simulate;
use holdfast_marqeta::Marqeta;
use holdfast_store::program::ProgramSettings;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/decisions/simulate";

fn purchase(token: &str, account: &str, amount: &str) -> Value {
    json!({"type": "authorization", "state": "PENDING", "token": token,
        "card_token": format!("{account}-card"), "amount": amount, "currency_code": "USD",
        "gpa_order": {"token": "o", "jit_funding": {"token": "j", "method": "pgfs.authorization",
            "user_token": account, "amount": amount}}})
}

/// A viewer asks.
async fn ask(fixture: &ApiFixture, body: &Value) -> super::fixture::HttpResponse {
    fixture
        .send("POST", PATH, Some("vera"), body.to_string())
        .await
}

#[tokio::test]
async fn the_response_that_would_be_sent_is_shown() {
    let fixture = ApiFixture::open().await;
    fixture.account("sim-1", "50.00").await;
    let approved = ask(&fixture, &purchase("sim-1-a", "sim-1", "42.10"))
        .await
        .json;
    assert_eq!(
        [&approved["outcome"], &approved["status"]],
        [&json!("approved"), &json!(200)]
    );
    assert_eq!(approved["response"]["jit_funding"]["token"], "j");
    let why = &approved["why"];
    assert_eq!(
        [
            &why["balance_before"]["available"],
            &why["balance_after"]["available"]
        ],
        [&json!("50.00"), &json!("7.90")]
    );
    let declined = ask(&fixture, &purchase("sim-1-b", "sim-1", "50.01"))
        .await
        .json;
    assert_eq!(
        [&declined["outcome"], &declined["status"]],
        [&json!("declined"), &json!(402)]
    );
    let reason = &declined["response"]["jit_funding"]["decline_reason"];
    assert_eq!(reason, "INSUFFICIENT_FUNDS");
    let last = declined["why"]["checks"].as_array().and_then(|c| c.last());
    assert_eq!(last.map(|check| &check["verdict"]), Some(&json!("refused")));
    let unknown = ask(&fixture, &purchase("sim-1-c", "sim-unknown", "1.00")).await;
    let reason = &unknown.json["response"]["jit_funding"]["decline_reason"];
    assert_eq!(
        (unknown.status, reason),
        (200, &json!("NO_CHECKING_ACCOUNT"))
    );
}

#[tokio::test]
async fn nothing_is_kept_and_the_same_request_is_simulated_again() {
    let fixture = ApiFixture::open().await;
    fixture.account("sim-2", "50.00").await;
    let account = fixture.get("/api/v1/accounts/sim-2").await.json;
    let body = purchase("sim-2-a", "sim-2", "42.10");
    for _ in 0..2 {
        let shown = ask(&fixture, &body).await.json;
        assert_eq!(shown["outcome"], "approved");
    }
    assert_eq!(fixture.get("/api/v1/accounts/sim-2").await.json, account);
    let holds = fixture.get("/api/v1/accounts/sim-2/holds").await.json;
    assert_eq!(holds["holds"], json!([]));
    for path in ["/api/v1/transactions/sim-2-a", "/api/v1/cards/sim-2-card"] {
        assert_eq!(fixture.get(path).await.status, 404, "{path}");
    }
    let entries = fixture.get("/api/v1/accounts/sim-2/entries").await.json;
    assert_eq!(
        entries["entries"].as_array().map(Vec::len),
        Some(1),
        "the money"
    );
}

#[tokio::test]
async fn a_wrong_body_names_its_field() {
    let fixture = ApiFixture::open().await;
    let mut body = purchase("sim-3-a", "sim-3", "1.00");
    body["gpa_order"]["jit_funding"]["amount"] = json!("much");
    let wrong = ask(&fixture, &body).await;
    assert_eq!(
        (wrong.codes(), wrong.field()),
        (
            (400, "invalid_amount"),
            Some("gpa_order.jit_funding.amount")
        )
    );
    let text = fixture
        .send("POST", PATH, Some("vera"), "{".to_owned())
        .await;
    assert_eq!(text.codes(), (400, "not_json"));
    assert_eq!(fixture.get(PATH).await.status, 405);
    let unknown = fixture.send("POST", PATH, None, body.to_string()).await;
    assert_eq!(unknown.status, 401);
}

#[tokio::test]
async fn an_account_that_is_locked_is_simulated_without_waiting() {
    let fixture = ApiFixture::open().await;
    fixture.account("sim-4", "50.00").await;
    let body = purchase("sim-4-a", "sim-4", "1.00").to_string();
    let request = Marqeta.read_request(body.as_bytes()).unwrap();
    let only = std::collections::BTreeSet::from([request.account.clone()]);
    let mut unit = fixture.store.begin().await.unwrap();
    unit.lock_accounts(&only, holdfast_store::unit::Locked::Wait)
        .await
        .unwrap();
    let program = ProgramSettings::default();
    let simulated = simulate(&fixture.store, &program, request);
    // One that waits for the account ends with the lock timeout's error.
    let shown = simulated.await.unwrap().unwrap();
    assert_eq!((shown.outcome, shown.response.status), ("approved", 200));
    unit.roll_back().await.unwrap();
}
