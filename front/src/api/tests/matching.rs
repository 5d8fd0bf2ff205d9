//! Force captures, matched to their purchases by hand.

use super::fixture::{ApiFixture, HttpResponse};
use futures_util::future::join_all;
use serde_json::{Value, json};

async fn held(fixture: &ApiFixture, account: &str) -> (String, String) {
    let account = fixture.get(&format!("/api/v1/accounts/{account}")).await;
    let text = |name: &str| {
        account.json["balances"][0][name]
            .as_str()
            .map(str::to_owned)
    };
    (
        text("posted").unwrap_or_default(),
        text("held").unwrap_or_default(),
    )
}

fn money(posted: &str, held: &str) -> (String, String) {
    (posted.to_owned(), held.to_owned())
}

/// As an operator does it.
async fn act(fixture: &ApiFixture, hold: &str, what: &str, body: Value) -> HttpResponse {
    let path = format!("/api/v1/holds/{hold}/{what}");
    fixture
        .send("POST", &path, Some("olga"), body.to_string())
        .await
}

async fn match_to(fixture: &ApiFixture, purchase: &str, capture: &str) -> HttpResponse {
    let body = json!({"capture": capture, "reason": "the receipt says so"});
    act(fixture, purchase, "match", body).await
}

async fn unmatch(fixture: &ApiFixture, hold: &str) -> HttpResponse {
    let body = json!({"reason": "it was another purchase"});
    act(fixture, hold, "unmatch", body).await
}

/// The captures of an account that wait for their purchase.
async fn waiting(fixture: &ApiFixture, account: &str) -> Value {
    let path = format!("/api/v1/holds/unmatched?account={account}");
    let mut page = fixture.get(&path).await;
    assert_eq!(page.status, 200, "{:?}", page.json);
    page.json["holds"].take()
}

#[tokio::test]
async fn captures_are_listed_with_the_purchases_that_fit_best() {
    let fixture = ApiFixture::open().await;
    fixture.account("mat-1", "500.00").await;
    let mut purchases = Vec::new();
    for (token, dollars) in [
        ("t1", "20.00"),
        ("t2", "90.00"),
        ("t3", "24.00"),
        ("t4", "20.00"),
    ] {
        let token = format!("mat-1-{token}");
        purchases.push(fixture.purchase("mat-1", &token, dollars).await);
    }
    let older = fixture.capture("mat-1", "mat-1-f1", "20.00").await;
    let newer = fixture.capture("mat-1", "mat-1-f2", "7.00").await;
    let listed = waiting(&fixture, "mat-1").await;
    let ids = [&listed[0]["id"], &listed[1]["id"]];
    assert_eq!(ids, [&json!(newer), &json!(older)]);
    let capture = &listed[1];
    assert_eq!(
        (
            &capture["account"],
            &capture["cleared"],
            &capture["transactions"]
        ),
        (&json!("mat-1"), &json!("20.00"), &json!(["mat-1-f1"]))
    );
    let expected = json!({"transaction": "mat-1-f1", "amount": "20.00", "currency": "USD",
        "created": "2027-01-15T08:00:00.000Z"});
    assert_eq!(capture["capture"], expected);
    // The best three of four: of equals the one opened last.
    let candidate = |number: usize, score: u8, amount: &str| {
        json!({"hold": purchases[number], "score": score, "currency": "USD",
            "transaction": format!("mat-1-t{}", number + 1), "opened": "2027-01-15T08:00:00.000Z",
            "authorized": amount, "held": amount})
    };
    let wanted = [(3, 70, "20.00"), (0, 70, "20.00"), (2, 60, "24.00")];
    let wanted = wanted.map(|(number, score, amount)| candidate(number, score, amount));
    assert_eq!(capture["candidates"], json!(wanted));

    let path = "/api/v1/holds/unmatched?account=mat-1&limit=1";
    let first = fixture.get(path).await.json;
    assert_eq!(first["holds"][0]["id"], json!(newer));
    let cursor = first["cursor"].as_str().unwrap();
    let second = fixture.get(&format!("{path}&cursor={cursor}")).await.json;
    assert_eq!(
        (&second["holds"][0]["id"], &second["cursor"]),
        (&json!(older), &Value::Null)
    );
    let all = fixture.get("/api/v1/holds/unmatched?limit=1000").await.json;
    let all = all["holds"].as_array().unwrap();
    assert!(all.iter().any(|hold| hold["id"] == json!(older)));
}

#[tokio::test]
async fn a_match_releases_what_was_held_and_can_be_reversed_and_repeated() {
    let fixture = ApiFixture::open().await;
    fixture.account("mat-2", "100.00").await;
    let purchase = fixture.purchase("mat-2", "mat-2-t1", "60.00").await;
    let other = fixture.purchase("mat-2", "mat-2-t2", "10.00").await;
    let capture = fixture.capture("mat-2", "mat-2-f1", "55.00").await;
    assert_eq!(held(&fixture, "mat-2").await, money("45.00", "70.00"));

    let matched = match_to(&fixture, &purchase, &capture).await;
    assert_eq!(matched.status, 200, "{:?}", matched.json);
    let shown = [
        &matched.json["id"],
        &matched.json["held"],
        &matched.json["matched"],
    ];
    assert_eq!(
        shown,
        [
            &json!(purchase),
            &json!("0.00"),
            &json!({"hold": capture, "score": 100})
        ]
    );
    assert_eq!(held(&fixture, "mat-2").await, money("45.00", "10.00"));
    assert_eq!(waiting(&fixture, "mat-2").await, json!([]));
    let holds = fixture.get("/api/v1/accounts/mat-2/holds").await.json;
    assert_eq!(
        holds["holds"][0]["matched"],
        json!({"hold": purchase, "score": 100})
    );
    assert_eq!(holds["holds"][1].get("matched"), None, "it is not matched");

    // By the name of either hold, and then to another purchase.
    for (either, next) in [(&capture, &other), (&other, &purchase), (&purchase, &other)] {
        let back = unmatch(&fixture, either).await;
        assert_eq!((back.status, back.json.get("matched")), (200, None));
        assert_eq!(held(&fixture, "mat-2").await, money("45.00", "70.00"));
        assert_eq!(waiting(&fixture, "mat-2").await[0]["id"], json!(capture));
        let again = unmatch(&fixture, either).await;
        assert_eq!(again.codes(), (409, "not_matched"));
        assert_eq!(match_to(&fixture, next, &capture).await.status, 200);
    }
    assert_eq!(held(&fixture, "mat-2").await, money("45.00", "60.00"));

    // The purchase lists the matches and their reversals, in order.
    let story = fixture.get("/api/v1/transactions/mat-2-t1").await.json;
    let kinds = story["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["kind"].clone());
    let kinds: Vec<Value> = kinds.collect();
    let wanted = [
        "authorization",
        "matched",
        "unmatched",
        "matched",
        "unmatched",
    ];
    assert_eq!(
        kinds[1..],
        wanted[1..]
            .iter()
            .map(|kind| json!(kind))
            .collect::<Vec<_>>()[..]
    );
    assert!(fixture.store.verify().await.unwrap().is_balanced());
}

#[tokio::test]
async fn what_does_not_fit_together_is_refused_and_changes_nothing() {
    let fixture = ApiFixture::open().await;
    fixture.account("mat-3", "100.00").await;
    fixture.account("mat-3-other", "100.00").await;
    let purchase = fixture.purchase("mat-3", "mat-3-t1", "60.00").await;
    let second = fixture.purchase("mat-3", "mat-3-t2", "5.00").await;
    let capture = fixture.capture("mat-3", "mat-3-f1", "55.00").await;
    let free = fixture.capture("mat-3", "mat-3-f2", "1.00").await;
    let other = fixture.capture("mat-3-other", "mat-3-f3", "55.00").await;
    assert_eq!(match_to(&fixture, &purchase, &capture).await.status, 200);
    let before = held(&fixture, "mat-3").await;
    for (one, other, expected, field) in [
        ("h-nothing", &*free, (404, "unknown_hold"), None),
        (
            &*second,
            "h-nothing",
            (404, "unknown_hold"),
            Some("capture"),
        ),
        (&*second, &*other, (422, "other_account"), Some("capture")),
        (
            &*second,
            &*purchase,
            (422, "not_a_capture"),
            Some("capture"),
        ),
        (&*second, &*second, (422, "not_a_capture"), Some("capture")),
        (&*capture, &*free, (409, "already_matched"), None),
        (&*free, &*free, (422, "not_a_purchase"), None),
        (&*second, &*capture, (409, "already_matched"), None),
        (&*purchase, &*free, (409, "already_matched"), None),
        (&*purchase, &*capture, (409, "already_matched"), None),
    ] {
        let response = match_to(&fixture, one, other).await;
        assert_eq!(response.codes(), expected, "{one} {other}");
        assert_eq!(response.field(), field, "{one} {other}");
    }
    for (hold, expected) in [
        ("h-nothing", (404, "unknown_hold")),
        (&*second, (409, "not_matched")),
        (&*free, (409, "not_matched")),
    ] {
        assert_eq!(unmatch(&fixture, hold).await.codes(), expected, "{hold}");
    }
    assert_eq!(held(&fixture, "mat-3").await, before);
}

#[tokio::test]
async fn of_two_operators_at_once_one_is_first() {
    let fixture = ApiFixture::open().await;
    fixture.account("mat-4", "100.00").await;
    let purchase = fixture.purchase("mat-4", "mat-4-t1", "60.00").await;
    let mut captures = Vec::new();
    for number in 0..4 {
        let token = format!("mat-4-f{number}");
        captures.push(fixture.capture("mat-4", &token, "5.00").await);
    }
    for _ in 0..3 {
        let all = captures.iter().chain(&captures);
        let answers = join_all(all.map(|capture| match_to(&fixture, &purchase, capture))).await;
        let results: Vec<_> = answers.iter().map(HttpResponse::codes).collect();
        assert_eq!(
            results.iter().filter(|it| **it == (200, "")).count(),
            1,
            "{results:?}"
        );
        let late = results.iter().filter(|it| **it == (409, "already_matched"));
        assert_eq!(late.count(), 7, "{results:?}");
        assert_eq!(held(&fixture, "mat-4").await, money("80.00", "0.00"));

        let both = captures.iter().chain([&purchase, &purchase]);
        let answers = join_all(both.map(|hold| unmatch(&fixture, hold))).await;
        let done = answers.iter().filter(|response| response.status == 200);
        assert_eq!(done.count(), 1, "{answers:?}");
        assert_eq!(held(&fixture, "mat-4").await, money("80.00", "60.00"));
    }
    let events = fixture.get("/api/v1/transactions/mat-4-t1").await.json;
    assert_eq!(events["events"].as_array().unwrap().len(), 1 + 3 * 2);
    assert!(fixture.store.verify().await.unwrap().is_balanced());
}

#[tokio::test]
async fn bodies_and_parameters_that_make_no_sense_are_named() {
    let fixture = ApiFixture::open().await;
    for (what, body, field) in [
        ("match", json!({"capture": "h-1"}), "reason"),
        ("match", json!({"reason": "none"}), "capture"),
        ("match", json!({"capture": "", "reason": "none"}), "capture"),
        ("match", json!({"capture": 7, "reason": "none"}), "capture"),
        (
            "match",
            json!({"capture": "h-1", "reason": "none", "score": 90}),
            "score",
        ),
        ("unmatch", json!({}), "reason"),
        (
            "unmatch",
            json!({"reason": "none", "capture": "h-1"}),
            "capture",
        ),
    ] {
        let response = act(&fixture, "h-2", what, body.clone()).await;
        assert_eq!(
            (response.status, response.field()),
            (400, Some(field)),
            "{what} {body}"
        );
    }
    for (query, status, field) in [
        ("account=%20", 400, Some("account")),
        ("account=mat-unknown", 404, None),
        ("limit=0", 400, Some("limit")),
        ("cursor=%20", 400, Some("cursor")),
        ("state=open", 400, Some("state")),
    ] {
        let response = fixture
            .get(&format!("/api/v1/holds/unmatched?{query}"))
            .await;
        assert_eq!(
            (response.status, response.field()),
            (status, field),
            "{query}"
        );
    }
}
