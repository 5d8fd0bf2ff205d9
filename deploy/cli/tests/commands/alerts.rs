//! `holdfast alerts`: listed, shown, acknowledged, and the table of kinds.

use crate::fixture::{ApiFixture, run};
use holdfast_ledger::alert::{AlertAmounts, AlertKind};
use holdfast_ledger::money::{Currency, Signed};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use holdfast_store::alert::NewAlert;
use holdfast_store::{Store, StoreOptions};
use serde_json::json;

async fn raise(fixture: &ApiFixture, alerts: &[NewAlert]) {
    let options = StoreOptions::new(fixture.server.url(), "test");
    let store = Store::connect(&options).await.unwrap();
    let mut unit = store.begin().await.unwrap();
    unit.raise_alerts(alerts).await.unwrap();
    unit.commit().await.unwrap();
    store.close().await;
}

fn above_hold(token: &str, millis: i64) -> NewAlert {
    let amount = |text: &str| Signed::try_from(text.to_owned()).ok();
    NewAlert {
        kind: AlertKind::ClearingAboveHold,
        account: AccountToken::parse("alice").ok(),
        token: Some(token.to_owned()),
        transaction_type: Some("authorization.clearing".to_owned()),
        state: Some("COMPLETION".to_owned()),
        amounts: Some(AlertAmounts {
            currency: Currency::parse("USD").unwrap(),
            expected: amount("42.10"),
            booked: amount("421"),
        }),
        detail:
            "421.00 USD were cleared of a hold of 42.10 USD, which is more than the factor of the \
                 program allows without an alert"
                .to_owned(),
        at: Moment(millis),
    }
}

#[tokio::test]
async fn alerts_are_listed_by_filter_shown_and_acknowledged() {
    let fixture = ApiFixture::open().await;
    let advice = NewAlert {
        kind: AlertKind::AdviceDelta,
        account: AccountToken::parse("bob").ok(),
        ..above_hold("t-2", 1_800_000_000_000)
    };
    raise(&fixture, &[above_hold("t-1", 1_700_000_000_000), advice]).await;
    for (filter, expected) in [
        ("", &["t-2", "t-1"][..]),
        (" list --limit 1", &["t-2"]),
        (" --kind clearing_above_hold", &["t-1"]),
        (" --account bob", &["t-2"]),
        (" --transaction t-1", &["t-1"]),
        (" --since 2027-01-01", &["t-2"]),
    ] {
        let listed = fixture.json(&format!("alerts{filter}"));
        let alerts = listed.as_array().unwrap().iter();
        let tokens: Vec<_> = alerts
            .map(|alert| alert["transaction"].as_str().unwrap())
            .collect();
        assert_eq!(tokens, expected, "{filter}");
    }
    let listed = fixture.run("alerts").out;
    assert!(
        listed.lines().all(|line| line.chars().count() <= 80),
        "{listed}"
    );
    for part in [
        "clearing_above_hold",
        "account alice, transaction t-1",
        "421.00 USD booked",
    ] {
        assert!(listed.contains(part), "{part}: {listed}");
    }

    let found = fixture.json("alerts --transaction t-1");
    let id = found[0]["id"].as_str().unwrap();
    let shown = fixture.run(&format!("alerts show {id}")).out;
    assert!(
        shown.contains("receipt") && shown.contains("COMPLETION"),
        "{shown}"
    );
    let acknowledge = format!("alerts acknowledge {id} --note disputed");
    let done = fixture.json(&acknowledge);
    assert_eq!(done["acknowledged_by"], "olga (command line)");
    assert_eq!(fixture.json(&acknowledge), done);
    let other = fixture.run(&format!("{acknowledge} --actor bob"));
    assert_eq!(other.code, Some(1), "{other:?}");
    assert!(
        other.err.contains("by olga (command line): disputed"),
        "{other:?}"
    );
    assert_eq!(fixture.json("alerts --transaction t-1"), json!([]));
    assert_eq!(
        fixture.json("alerts --transaction t-1 --all"),
        json!([done])
    );
    let unknown = fixture.run("alerts show 019acb3e-6d1c-7bd4-8f02-6a2a7b1f1c11");
    assert_eq!(unknown.code, Some(1), "{unknown:?}");
    fixture.server.stop().await.unwrap();
}

#[test]
fn the_kinds_are_those_of_the_page() {
    let page = run("alerts kinds --markdown", &[]);
    assert_eq!(page.out, holdfast_ledger::alert::page());
    let text = run("alerts kinds", &[]).out;
    assert!(text.contains("posting_undone (critical)"), "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    let json = run("alerts kinds --json", &[]).out;
    let kinds: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(kinds.len(), AlertKind::ALL.len());
}
