//! Envelopes of every shape: what can be stored is stored once, and answered 200.

use crate::setup::Setup;
use holdfast_simulator::Json;
use holdfast_tests::message::{confirmed, envelope, with};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ping_is_answered_with_an_empty_object_and_leaves_no_trace() {
    let setup = Setup::begin().await;
    for body in [
        r#"{"pings":[{"token":"marqeta","payload":""}]}"#,
        r#"{"pings":[]}"#,
    ] {
        let response = setup.front.notify(body).await;
        assert_eq!((response.status, response.text()), (200, "{}"), "{body}");
    }
    assert_eq!(
        setup
            .database
            .count("select count(*) from notification")
            .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn families_that_we_do_not_know_and_several_at_once_are_stored() {
    let mut setup = Setup::begin().await;
    let purchase = confirmed(&setup.messages.purchase("payer", "1.00"));
    let cards = r#"[{"token":"ct-1","card_token":"c-1","user_token":"payer","state":"ACTIVE"}]"#;
    let body = format!(
        r#"{{"transactions":[{purchase}],"cardtransitions":{cards},"novelties":[{{"a":1}}],"usertransitions":[]}}"#
    );
    let response = setup.front.notify(body).await;
    assert_eq!(response.status, 200, "{}", response.text());
    let stored = "select count(*) from notification where family in ('transactions', 'cardtransitions', 'novelties')";
    assert_eq!(setup.database.count(stored).await, 3);
    assert_eq!(
        setup
            .database
            .count("select count(*) from notification")
            .await,
        3
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_envelope_is_fine() {
    let setup = Setup::begin().await;
    for body in [
        "{}",
        r#"{"transactions":[]}"#,
        r#"{"transactions":[],"cardtransitions":[]}"#,
    ] {
        assert_eq!(setup.front.notify(body).await.status, 200, "{body}");
    }
    assert_eq!(
        setup
            .database
            .count("select count(*) from notification")
            .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_envelope_is_400() {
    let setup = Setup::begin().await;
    for body in ["", "{", "[]", "null", "7", "\"transactions\"", "{\"a\":1}}"] {
        let response = setup.front.notify(body).await;
        assert_eq!(response.status, 400, "{body}: {}", response.text());
        assert!(!response.string("error.message").is_empty(), "{body}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_item_again_is_accepted_and_stored_once() {
    let mut setup = Setup::begin().await;
    let purchase = confirmed(&setup.messages.purchase("payer", "1.00"));
    let twice = envelope(&[purchase.clone(), purchase.clone()]);
    for body in [twice, envelope(&[purchase])] {
        assert_eq!(setup.front.notify(body).await.status, 200);
    }
    assert_eq!(
        setup
            .database
            .count("select count(*) from notification")
            .await,
        1
    );
    let events = "select count(*) from journal where topic like 'jit.%'";
    assert_eq!(setup.database.count(events).await, 1);
    assert_eq!(setup.alerts().await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_item_with_another_content_is_kept_and_alerts() {
    let mut setup = Setup::begin().await;
    let first = confirmed(&setup.messages.purchase("payer", "10.00"));
    let amount = Json::Raw("11.00".to_owned());
    let other = with(&first, "gpa_order.jit_funding.amount", amount.clone());
    let other = with(&other, "amount", amount);
    for item in [&first, &other, &other] {
        assert_eq!(
            setup
                .front
                .notify(envelope(std::slice::from_ref(item)))
                .await
                .status,
            200
        );
    }
    assert_eq!(
        setup
            .database
            .count("select count(*) from notification")
            .await,
        1
    );
    assert_eq!(
        setup
            .database
            .count("select count(*) from notification_variant")
            .await,
        1
    );
    assert_eq!(setup.alerts().await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_is_committed_with_its_notification_and_carries_no_personal_data() {
    let mut setup = Setup::begin().await;
    let purchase = setup.messages.purchase("payer", "1.00");
    assert_eq!(
        setup
            .front
            .notify(envelope(&[confirmed(&purchase)]))
            .await
            .status,
        200
    );
    let payload = "select payload from journal where topic like 'jit.%' and token = $1";
    let mut connection = setup.database.connect().await;
    let payload: String = sqlx::query_scalar(payload)
        .bind(&purchase.token)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    for private in ["street_address", "500 MAIN ST", "4242", "postal_code"] {
        assert!(!payload.contains(private), "{private}: {payload}");
    }
}
