//! `holdfast hold unmatched`, `match` and `unmatch`.

use crate::fixture::ApiFixture;
use holdfast_ledger::fact::{CardAndMerchant, Fact, Kind, Links, Message, Role, Source, State};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::policy::Policy;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{CardToken, HoldId, TransactionToken};
use holdfast_store::journal::Event;
use serde_json::{Value, json};

const NOW: Moment = Moment(1_790_000_000_000);

/// Books a message of 20.00 under a hold of this name.
async fn book(
    fixture: &ApiFixture,
    account: &str,
    (hold, token): (&str, &str),
    by: (Source, Kind, Role),
) {
    let own = TransactionToken::parse(token).unwrap();
    let (source, kind, role) = by;
    let fact = Fact {
        created: Some(NOW),
        card_and_merchant: Some(CardAndMerchant {
            card: CardToken::parse("blue").ok(),
            merchant: Some("m-1".to_owned()),
            ..CardAndMerchant::default()
        }),
        ..Fact::new(
            own.clone(),
            source,
            kind,
            Amount::parse("20.00").unwrap(),
            Currency::parse("USD").unwrap(),
        )
    };
    let (jit, original_jit, preceding, order, original) = (None, None, None, None, None);
    let links = Links {
        jit,
        original_jit,
        preceding,
        order,
        original,
        ..Links::new(own)
    };
    let message = Message { fact, links, role };
    fixture
        .book(account, |book| {
            let id = HoldId::parse(hold).unwrap();
            let plan = book.plan(&message, &id, Policy::default(), NOW).unwrap();
            let event = Event {
                id: uuid::Uuid::now_v7(),
                account: book.token.clone(),
                topic: "jit.authorizations.v1",
                kind: "holdfast.jit.authorization.v1",
                subject: token.to_owned(),
                payload: "{}".to_owned(),
                entries: plan.entries.clone(),
                hold: Some(id),
                token: Some(token.to_owned()),
                at: NOW,
            };
            book.apply_plan(plan);
            vec![event]
        })
        .await;
}

fn held(account: &Value) -> &Value {
    &account["balances"][0]["held"]
}

#[tokio::test]
async fn a_capture_is_found_matched_and_unmatched() {
    let fixture = ApiFixture::open().await;
    fixture.json("account create alice --currency USD");
    fixture.json("account credit alice 100 USD");
    // Names of holds begin with the time: these are of the future, and so among the recent ones.
    let (purchase, capture) = ("h-fa0", "h-fb0");
    let bought = (Source::Decision, Kind::Original, Role::Original);
    book(&fixture, "alice", (purchase, "t-1"), bought).await;
    let done = Source::Notified(State::Completion);
    let captured = (done, Kind::ForceCapture, Role::Alone);
    book(&fixture, "alice", (capture, "f-1"), captured).await;

    let listed = fixture.json("hold unmatched --account alice");
    assert_eq!(listed[0]["capture"]["transaction"], "f-1");
    let candidate = &listed[0]["candidates"][0];
    assert_eq!(
        (&candidate["hold"], &candidate["score"]),
        (&json!(purchase), &json!(70))
    );
    let people = fixture.run("hold unmatched").out;
    assert!(
        people.contains("h-fb0") && people.contains("h-fa0 (70)"),
        "{people}"
    );

    let said = format!("hold match {purchase} {capture} --reason receipt");
    let matched = fixture.json(&said);
    assert_eq!(
        (&matched["account"], &matched["hold"]["id"]),
        (&json!("alice"), &json!(purchase))
    );
    assert_eq!(
        matched["hold"]["matched"],
        json!({"hold": capture, "score": 100})
    );
    assert_eq!(held(&fixture.json("account show alice")), "0.00");
    assert_eq!(fixture.run("hold unmatched").out, "no unmatched captures\n");
    let again = fixture.run(&said);
    assert_eq!(again.code, Some(1), "{again:?}");
    assert!(again.err.contains("matched already"), "{again:?}");
    assert!(fixture.run("hold list alice").out.contains(purchase));

    let said = format!("hold unmatch {capture} --reason mistaken");
    assert_eq!(fixture.json(&said)["hold"]["held"], "20.00");
    assert_eq!(held(&fixture.json("account show alice")), "20.00");
    let again = fixture.run(&said);
    assert_eq!(
        (again.code, again.err.contains("is not matched")),
        (Some(1), true),
        "{again:?}"
    );
    for line in [
        "hold unmatched --account bob",
        "hold match h-1 h-fb0 --reason none",
        "hold match h-fa0 h-1 --reason none",
        "hold unmatch h-1 --reason none",
    ] {
        assert_eq!(fixture.run(line).code, Some(1), "{line}");
    }
    assert_eq!(fixture.json("verify")["balanced"], true);
    fixture.server.stop().await.unwrap();
}
