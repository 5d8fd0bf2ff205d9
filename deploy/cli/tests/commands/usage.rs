//! What is used of spending limits.

use crate::fixture::ApiFixture;
use holdfast_events::control::{Kind, parse_control};
use holdfast_ledger::time::Moment;
use holdfast_store::{Store, StoreOptions};

#[tokio::test]
async fn the_use_of_a_limit_is_printed() {
    let fixture = ApiFixture::open().await;
    fixture.json("account create ann --currency USD");
    let body = r#"{"amount_limit": 500.25, "currency_code": "USD", "velocity_window": "LIFETIME"}"#;
    let created = Moment(1_000);
    let limit = parse_control(Kind::Velocity, "wide", body, created)
        .unwrap()
        .definition;
    let options = StoreOptions::new(fixture.server.url(), "test");
    let store = Store::connect(&options).await.unwrap();
    store.put_control(&limit, "olga", created).await.unwrap();
    store.close().await;

    let used = fixture.json("control usage wide --account ann");
    let wanted = serde_json::json!({"control": "wide", "account": "ann", "currency": "USD",
        "spent": "0.00", "limit": "500.25", "uses": 0, "usage_limit": null,
        "since": "1970-01-01T00:00:01.000Z", "until": null});
    assert_eq!(used, wanted);
    let said = fixture.run("control usage wide --account ann");
    assert!(said.out.contains("0.00 USD  500.25 USD     0"), "{said:?}");
    let unnamed = fixture.run("control usage wide");
    assert_eq!(unnamed.code, Some(1), "{unnamed:?}");
    assert!(
        unnamed.err.starts_with("account or card must say"),
        "{unnamed:?}"
    );
    assert_eq!(
        fixture.run("control usage none --account ann").code,
        Some(1)
    );
}
