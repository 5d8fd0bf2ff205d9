//! A force capture that is matched to its purchase by hand: the journal's entries, and what stays as it was.

use crate::setup::Setup;
use holdfast_simulator::{MessageKind, Transaction};
use holdfast_tests::message::{confirmed, declined};
use http::Method;
use serde_json::{Value, json};

/// A purchase of 60.00, and a capture of 55.00 with another approval code: no match by score.
async fn bought_and_captured(setup: &mut Setup) -> (Transaction, Value) {
    let (purchase, response) = setup.buy("60.00").await;
    assert_eq!(response.verdict(), "200");
    let capture = setup
        .messages
        .opening(MessageKind::ForceCapture, "payer", "55.00", "USD");
    setup
        .notify_and_apply(&[confirmed(&purchase), confirmed(&capture)])
        .await;
    let path = "/api/v1/holds/unmatched";
    let listed = setup.front.api(Method::GET, path, "").await.json();
    assert_eq!(listed["holds"].as_array().unwrap().len(), 1, "{listed}");
    let unmatched = listed["holds"][0].clone();
    assert_eq!(unmatched["capture"]["transaction"], capture.token.as_str());
    (purchase, unmatched)
}

async fn act(setup: &Setup, hold: &Value, what: &str, body: Value) {
    let path = format!("/api/v1/holds/{}/{what}", hold.as_str().unwrap());
    let done = setup.front.api(Method::POST, &path, body.to_string()).await;
    assert_eq!(done.status, 200, "{}", done.text());
}

/// The event says this, and what the purchase's hold holds after it.
fn is_event(mut event: Value, wanted: Value) {
    let after = event.as_object_mut().unwrap().remove("hold_after").unwrap();
    let held = &after["amounts"][0]["held"];
    assert_eq!(*held, wanted["balances"][0]["held"], "{after}");
    assert_eq!(event, wanted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_match_by_hand_is_journaled_with_its_actor_and_reversed_and_repeated() {
    let mut setup = Setup::begin().await;
    let (purchase, unmatched) = bought_and_captured(&mut setup).await;
    let capture = &unmatched["id"];
    let hold = &unmatched["candidates"][0]["hold"];
    let candidate = &unmatched["candidates"][0]["transaction"];
    assert_eq!(candidate, purchase.token.as_str());
    assert_eq!(setup.balance().await, "45.00 60.00 -15.00");

    let line = |side: &str, amount: &str| json!({"side": side, "layer": "pending", "balance": "held", "currency": "USD", "amount": amount});
    let expected = |kind: &str, reason: &str, held: &str, available: &str, lines: [Value; 2]| {
        json!({
            "kind": kind,
            "account": "payer",
            "hold": hold,
            "transaction": purchase.token,
            "cause": "operator",
            "manual": {"actor": "operator", "reason": reason},
            "capture": {"hold": capture, "score": 100},
            "entries": lines,
            "balances": [{"currency": "USD", "posted": "45.00", "held": held,
                "pending_credit": "0.00", "available": available}],
        })
    };
    for _ in 0..2 {
        let body = json!({"capture": capture, "reason": "same receipt"});
        act(&setup, hold, "match", body).await;
        assert_eq!(setup.balance().await, "45.00 0.00 45.00");
        let freed = [
            line("customer", "60.00"),
            line("network_settlement", "-60.00"),
        ];
        let wanted = expected("matched", "same receipt", "0.00", "45.00", freed);
        is_event(setup.last_adjustment().await, wanted);

        act(&setup, capture, "unmatch", json!({"reason": "another one"})).await;
        assert_eq!(setup.balance().await, "45.00 60.00 -15.00");
        let held = [
            line("customer", "-60.00"),
            line("network_settlement", "60.00"),
        ];
        let wanted = expected("unmatched", "another one", "60.00", "-15.00", held);
        is_event(setup.last_adjustment().await, wanted);
        setup.bank.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_purchase_goes_on_as_any_other_and_its_request_is_answered_as_before() {
    let mut setup = Setup::begin().await;
    let (purchase, unmatched) = bought_and_captured(&mut setup).await;
    let first = setup.ask(&purchase).await;
    let hold = &unmatched["candidates"][0]["hold"];
    let body = json!({"capture": unmatched["id"], "reason": "same receipt"});
    act(&setup, hold, "match", body).await;
    assert_eq!(setup.ask(&purchase).await.body, first.body);
    assert_eq!(setup.balance().await, "45.00 0.00 45.00");

    // An increment is approved out of what is available, and holds again; sent twice, it holds once.
    let more = setup
        .messages
        .following(&purchase, MessageKind::Increment, "20.00");
    assert_eq!(setup.ask(&more).await.verdict(), "200");
    assert_eq!(setup.balance().await, "45.00 20.00 25.00");
    setup
        .notify_and_apply(&[confirmed(&more), confirmed(&purchase)])
        .await;
    assert_eq!(setup.balance().await, "45.00 20.00 25.00");

    act(&setup, hold, "unmatch", json!({"reason": "another one"})).await;
    assert_eq!(setup.balance().await, "45.00 80.00 -35.00");
    assert_eq!(setup.ask(&purchase).await.body, first.body);
    let reversal = setup
        .messages
        .following(&purchase, MessageKind::Reversal, "80.00");
    setup.notify_and_apply(&[confirmed(&reversal)]).await;
    assert_eq!(setup.balance().await, "45.00 0.00 45.00");
    assert_eq!(setup.decisions().await, 2);
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_workers_matched_can_be_taken_back_by_hand() {
    let mut setup = Setup::begin().await;
    setup.set(r#"{"force_capture_match_score":30}"#).await;
    let (purchase, response) = setup.buy("60.00").await;
    assert_eq!(response.verdict(), "200");
    let capture = setup
        .messages
        .opening(MessageKind::ForceCapture, "payer", "60.00", "USD");
    setup.notify_and_apply(&[confirmed(&purchase)]).await;
    setup.notify_and_apply(&[confirmed(&capture)]).await;
    assert_eq!(setup.balance().await, "40.00 0.00 40.00");
    let shown = setup.transaction(&capture.token).await;
    let hold = &shown["hold"]["id"];
    assert_eq!(shown["hold"]["matched"]["score"], 40);
    act(&setup, hold, "unmatch", json!({"reason": "another one"})).await;
    assert_eq!(setup.balance().await, "40.00 60.00 -20.00");
    // Sent again, it is not matched again: an operator has said that it does not belong there.
    setup.notify_and_apply(&[confirmed(&capture)]).await;
    assert_eq!(setup.balance().await, "40.00 60.00 -20.00");
    let event = setup.last_adjustment().await;
    assert_eq!(
        (&event["kind"], &event["capture"]["score"]),
        (&json!("unmatched"), &json!(40))
    );
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_capture_that_was_declined_waits_for_nothing_and_matches_nothing() {
    let mut setup = Setup::begin().await;
    let (purchase, response) = setup.buy("60.00").await;
    assert_eq!(response.verdict(), "200");
    let capture = setup
        .messages
        .opening(MessageKind::ForceCapture, "payer", "60.00", "USD");
    setup.notify_and_apply(&[declined(&capture)]).await;
    let path = "/api/v1/holds/unmatched";
    let listed = setup.front.api(Method::GET, path, "").await.json();
    assert_eq!(listed["holds"], json!([]));
    let hold = setup.transaction(&purchase.token).await["hold"]["id"].clone();
    let capture = setup.transaction(&capture.token).await["hold"]["id"].clone();
    let path = format!("/api/v1/holds/{}/match", hold.as_str().unwrap());
    let body = json!({"capture": capture, "reason": "same receipt"});
    let refused = setup.front.api(Method::POST, &path, body.to_string()).await;
    let rejection = (refused.status, refused.string("error.code"));
    assert_eq!(rejection, (422, "not_a_capture".to_owned()));
    assert_eq!(setup.balance().await, "100.00 60.00 40.00");
}
