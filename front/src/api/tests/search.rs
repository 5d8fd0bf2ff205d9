//! Lists of accounts and cards, and searches for decisions and transactions.

use super::fixture::{ApiFixture, NOW};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, TransactionToken};
use holdfast_store::decision::{NewDecision, StoredOutcome};
use holdfast_store::journal::Event;
use holdfast_store::notification::{NewNotification, NotificationKey};
use serde_json::{Value, json};

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// A request of one account: its number is part of all its names and its time.
struct Asked {
    account: &'static str,
    number: i64,
    outcome: StoredOutcome,
    card: &'static str,
    amount: &'static str,
}

impl Asked {
    fn token(&self) -> String {
        format!("{}-{}", self.account, self.number)
    }

    fn decision(&self) -> NewDecision {
        let at = Moment(NOW.0.saturating_add(self.number));
        let is_declined = self.outcome == StoredOutcome::Declined;
        let request = json!({"card": self.card, "mid": "m-7", "amount": self.amount});
        NewDecision {
            id: format!("d-{}", self.token()),
            token: TransactionToken::parse(&self.token()).unwrap(),
            account: AccountToken::parse(self.account).unwrap(),
            content_hash: [0; 32],
            outcome: self.outcome,
            reason: is_declined.then(|| "INSUFFICIENT_FUNDS".to_owned()),
            status: if is_declined { 402 } else { 200 },
            response_body: "{}".to_owned(),
            hold: None,
            request: request.to_string(),
            why: "{}".to_owned(),
            rules: 1,
            received: at,
            decided: at,
        }
    }

    /// The event by which the decision of an account is found.
    fn event(&self) -> Event {
        event(self.account, &self.token(), "jit.authorizations.v1")
    }
}

fn event(account: &str, token: &str, topic: &'static str) -> Event {
    Event {
        id: uuid::Uuid::now_v7(),
        account: AccountToken::parse(account).unwrap(),
        topic,
        kind: "holdfast.jit.authorization.v1",
        subject: token.to_owned(),
        payload: "{}".to_owned(),
        entries: Vec::new(),
        hold: None,
        token: Some(token.to_owned()),
        at: NOW,
    }
}

async fn decide(fixture: &ApiFixture, asked: &[Asked]) {
    let decisions: Vec<NewDecision> = asked.iter().map(Asked::decision).collect();
    let events: Vec<Event> = asked.iter().map(Asked::event).collect();
    let mut unit = fixture.store.begin().await.unwrap();
    unit.write_decided([], &decisions).await.unwrap();
    unit.append_events(&events).await.unwrap();
    unit.commit().await.unwrap();
}

/// The tokens that a list names, in its order.
async fn tokens(fixture: &ApiFixture, path: &str, token: &str) -> Vec<String> {
    let response = fixture.get(&format!("/api/v1/{path}")).await;
    assert_eq!(response.status, 200, "{path}: {:?}", response.json);
    let name = path.split('?').next().unwrap();
    let lines = response.json[name].as_array().unwrap().clone();
    let text = |line: &Value| line[token].as_str().unwrap().to_owned();
    lines.iter().map(text).collect()
}

#[tokio::test]
async fn decisions_are_found_by_what_was_requested_decided_and_when() {
    let fixture = ApiFixture::open().await;
    let asked = |number, outcome, card, amount| Asked {
        account: "sea-1",
        number,
        outcome,
        card,
        amount,
    };
    let (approved, declined, late) = (
        StoredOutcome::Approved,
        StoredOutcome::Declined,
        StoredOutcome::OutOfTime,
    );
    let requests = [
        asked(1, approved, "sea-blue", "9.99"),
        asked(2, declined, "sea-blue", "10.00"),
        asked(3, late, "sea-red", "100.00"),
        // An inquiry names no amount.
        asked(4, approved, "sea-red", ""),
        Asked {
            account: "sea-2",
            ..asked(5, approved, "sea-grey", "10.00")
        },
    ];
    decide(&fixture, &requests).await;
    for (query, found) in [
        ("account=sea-1", "4 3 2 1"),
        ("account=sea-1&outcome=approved", "4 1"),
        ("account=sea-1&outcome=out_of_time", "3"),
        ("account=sea-1&reason=INSUFFICIENT_FUNDS", "2"),
        ("account=sea-1&card=sea-blue", "2 1"),
        ("card=sea-red&since=2027-01-01", "4 3"),
        ("account=sea-1&merchant=m-7&amount_min=10", "3 2"),
        ("account=sea-1&amount_max=9.99", "1"),
        ("account=sea-1&merchant=m-8", ""),
        ("account=sea-1&since=2027-01-15T08:00:00.003Z", "4 3"),
        ("account=sea-1&until=2027-01-15T08:00:00.003Z", "2 1"),
        ("card=sea-red&until=2027-01-16", "4 3"),
        // More than a day before the end of the time.
        ("card=sea-red&until=2027-01-17", ""),
    ] {
        let wanted: Vec<String> = found
            .split_whitespace()
            .map(|number| format!("sea-1-{number}"))
            .collect();
        let found = tokens(&fixture, &format!("decisions?{query}"), "transaction").await;
        assert_eq!(found, wanted, "{query}");
    }
    let first = fixture.get("/api/v1/decisions?account=sea-1&limit=3").await;
    let lines = first.json["decisions"].as_array().unwrap();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        lines[2],
        json!({"id": "d-sea-1-2", "transaction": "sea-1-2", "account": "sea-1", "outcome": "declined",
            "reason": "INSUFFICIENT_FUNDS", "hold": null,
            "request": {"amount": "10.00", "card": "sea-blue", "mid": "m-7"},
            "received_at": "2027-01-15T08:00:00.002Z", "decided_at": "2027-01-15T08:00:00.002Z"})
    );
    let cursor = first.json["cursor"].as_str().unwrap();
    let rest = format!("decisions?account=sea-1&limit=3&cursor={cursor}");
    assert_eq!(tokens(&fixture, &rest, "transaction").await, ["sea-1-1"]);
}

#[tokio::test]
async fn transactions_are_found_by_what_was_notified_and_when() {
    let fixture = ApiFixture::open().await;
    let message = |token: &str, amount: &str| {
        json!({"version": 1, "content": {"card_message": {
            "token": token, "version": "PENDING", "state": "PENDING", "transaction_type": "authorization",
            "links": {"token": token}, "amount": amount, "card": "seb-blue", "merchant": {"mid": "m-9"},
            "effect": {"nothing": "a test"}, "notice": {},
        }}})
    };
    let notification = |number: i64, kind: &str, amount: &str| {
        let token = format!("seb-1-{number}");
        NewNotification {
            key: NotificationKey {
                account: AccountToken::parse("seb-1").unwrap(),
                token: TransactionToken::parse(&token).unwrap(),
                state: "PENDING".to_owned(),
            },
            family: "transactions".to_owned(),
            kind: kind.to_owned(),
            content_hash: [7; 32],
            raw: "{}".to_owned(),
            message: message(&token, amount).to_string(),
            event: event("seb-1", &token, "jit.notices.v1"),
            parked: None,
            received: Moment(NOW.0 + number * DAY),
        }
    };
    let notifications = [
        notification(1, "authorization", "5"),
        notification(2, "authorization.clearing", "6.50"),
    ];
    holdfast_funding::accept::accept_items(&fixture.store, &notifications)
        .await
        .unwrap();
    for (query, wanted) in [
        ("account=seb-1", &["seb-1-2", "seb-1-1"][..]),
        ("account=seb-1&type=authorization", &["seb-1-1"]),
        ("account=seb-1&status=waiting&amount_min=6", &["seb-1-2"]),
        ("account=seb-1&status=applied", &[]),
        (
            "card=seb-blue&merchant=m-9&since=2027-01-15",
            &["seb-1-2", "seb-1-1"],
        ),
        ("card=seb-blue&until=2027-01-17", &["seb-1-1"]),
        ("account=seb-1&merchant=m-10", &[]),
    ] {
        let found = tokens(&fixture, &format!("transactions?{query}"), "token").await;
        assert_eq!(found, wanted, "{query}");
    }
    let first = fixture
        .get("/api/v1/transactions?account=seb-1&limit=1")
        .await;
    let cursor = first.json["cursor"].as_str().unwrap();
    let rest = format!("transactions?account=seb-1&limit=1&cursor={cursor}");
    assert_eq!(tokens(&fixture, &rest, "token").await, ["seb-1-1"]);
}

#[tokio::test]
async fn a_wrong_filter_is_named() {
    let fixture = ApiFixture::open().await;
    for (path, field) in [
        ("decisions?outcome=lost", "outcome"),
        ("decisions?amount_min=-1", "amount_min"),
        ("decisions?since=soon", "since"),
        ("decisions?state=open", "state"),
        ("transactions?status=lost", "status"),
        ("transactions?cursor=7", "cursor"),
        ("accounts?state=lost", "state"),
        ("accounts?kind=robot", "kind"),
        ("cards?state=active", "state"),
    ] {
        let response = fixture.get(&format!("/api/v1/{path}")).await;
        assert_eq!(
            (response.status, response.field()),
            (400, Some(field)),
            "{path}"
        );
    }
}

#[tokio::test]
async fn accounts_and_cards_are_listed() {
    let fixture = ApiFixture::open().await;
    for name in ["sec-1", "sec-2"] {
        fixture.account(name, "5").await;
        let state = json!({"state": "closed", "kind": "business"});
        fixture
            .put(&format!("/api/v1/accounts/{name}"), state)
            .await;
        for colour in ["blue", "red"] {
            let card = format!("/api/v1/cards/{name}-{colour}");
            fixture.put(&card, json!({"account": name})).await;
        }
    }
    let path = "accounts?state=closed&kind=business&limit=1000";
    let mut found = tokens(&fixture, path, "token").await;
    found.retain(|token| token.starts_with("sec-"));
    found.sort();
    assert_eq!(found, ["sec-1", "sec-2"]);
    assert_eq!(
        tokens(&fixture, "cards?account=sec-2", "token").await,
        ["sec-2-blue", "sec-2-red"]
    );
    let first = fixture.get("/api/v1/cards?account=sec-2&limit=1").await;
    let cursor = first.json["cursor"].as_str().unwrap();
    let rest = format!("cards?account=sec-2&limit=1&cursor={cursor}");
    assert_eq!(tokens(&fixture, &rest, "token").await, ["sec-2-red"]);
}

#[tokio::test]
async fn balances_say_which_event_they_count_last() {
    let fixture = ApiFixture::open().await;
    fixture.account("sed-1", "5").await;
    let path = "/api/v1/accounts/sed-1";
    let before = fixture.get(path).await.json["position"].as_i64().unwrap();
    let transfer =
        json!({"reference": "more", "direction": "credit", "amount": "1", "currency": "USD"});
    let made = fixture.post(&format!("{path}/transfers"), transfer).await;
    assert_eq!(made.status, 201);
    let entries = fixture.get(&format!("{path}/entries")).await.json;
    let written = entries["entries"][0]["position"].as_i64().unwrap();
    let after = fixture.get(path).await.json;
    assert_eq!(after["balances"][0]["posted"], "6.00");
    assert!(before < written, "{before} {written}");
    assert!(after["position"].as_i64().unwrap() >= written, "{after}");
}
