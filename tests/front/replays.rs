//! A replay normalises the stored text again: what an older program classified otherwise is classified again.

use crate::setup::Setup;
use holdfast_tests::message::confirmed;
use http::Method;
use sqlx::Executor;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_of_another_version_is_parked_and_a_replay_normalises_it_again() {
    let mut setup = Setup::begin().await;
    let purchase = confirmed(&setup.messages.purchase("payer", "42.10"));
    let body = holdfast_tests::message::envelope(&[purchase]);
    assert_eq!(setup.front.notify(body).await.status, 200);
    let older =
        "update notification set message = replace(message, '\"version\":1', '\"version\":0')";
    setup.database.connect().await.execute(older).await.unwrap();
    setup.apply().await;
    assert_eq!(setup.balance().await, "100.00 0.00 100.00");
    let letters = setup
        .front
        .api(Method::GET, "/api/v1/dead-letters", "")
        .await
        .json();
    let letter = &letters["dead_letters"][0];
    let error = letter["error"].as_str().unwrap();
    assert!(error.contains("of version 0"), "{error}");
    let path = format!(
        "/api/v1/dead-letters/{}/replay",
        letter["id"].as_str().unwrap()
    );
    let replayed = setup.front.api(Method::POST, &path, "").await;
    assert_eq!(replayed.status, 200, "{}", replayed.text());
    setup.apply().await;
    assert_eq!(setup.balance().await, "100.00 42.10 57.90");
}
