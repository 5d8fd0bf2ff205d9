//! `holdfast why`.

use crate::fixture::ApiFixture;
use crate::front::{TestFront, purchase};
use holdfast_ledger::alert::AlertKind;
use serde_json::{Value, json};

async fn fixture() -> (ApiFixture, TestFront) {
    let fixture = ApiFixture::open().await;
    fixture.json("account create alice --currency USD");
    fixture.json("account credit alice 50.00 USD");
    let front = TestFront::open(&fixture).await;
    (fixture, front)
}

/// The page's lines, without the spaces that align them.
fn lines(page: &str) -> Vec<String> {
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    page.lines().map(words).collect()
}

fn has(page: &str, line: &str) {
    let is_wide = |line: &&str| line.chars().count() > 80;
    assert_eq!(page.lines().find(is_wide), None, "at most 80 columns");
    assert!(lines(page).iter().any(|l| l == line), "{line}\n{page}");
}

#[tokio::test]
async fn an_approval_is_shown_with_what_became_of_the_money() {
    let (fixture, front) = fixture().await;
    assert_eq!(front.buy("t-1", "42.10", "blue").await, 200);
    let page = fixture.run("why t-1").out;
    has(&page, "transaction t-1 of alice");
    has(&page, "request 42.10 USD for authorization");
    has(
        &page,
        "card blue, merchant category 5411, merchant m-77, network VISA",
    );
    has(&page, "response approved 42.10 USD");
    has(
        &page,
        "decided by every check passed; the last was funds: available 50.00 USD,",
    );
    has(&page, "account passed state active");
    has(&page, "before 50.00 USD 0.00 USD 50.00 USD");
    has(&page, "after 50.00 USD 42.10 USD 7.90 USD");
    has(&page, "since no notifications");
    has(&page, "42.10 USD 42.10 USD 0.00 USD 0.00 USD");

    front.collect("t-2", "t-1", "40.00").await;
    let page = fixture.run("why t-1").out;
    has(&page, "42.10 USD 2.10 USD 40.00 USD 0.00 USD");
    has(&page, "applied, transaction t-2");
    let of_clearing = fixture.run("why t-2").out;
    has(
        &of_clearing,
        "request no JIT request: Marqeta only sent a notification",
    );
    has(&of_clearing, "40.00 USD for authorization.clearing");
    has(
        &of_clearing,
        "card blue, merchant number m-77, category 5411",
    );
    let booked = |line: &String| line.ends_with("-40.00 USD settled, cleared");
    assert!(lines(&page).iter().any(booked), "{page}");
    has(&page, "transaction t-2");
    fixture.server.stop().await.unwrap();
}

#[tokio::test]
async fn a_decline_is_shown_with_the_check_that_decided() {
    let (fixture, front) = fixture().await;
    assert_eq!(front.buy("t-1", "50.01", "blue").await, 402);
    let page = fixture.run("why t-1").out;
    has(&page, "response declined: INSUFFICIENT_FUNDS");
    has(
        &page,
        "decided by funds: available 50.00 USD, needed 50.01 USD",
    );
    has(&page, "funds refused insufficient_funds:");
    has(&page, "after 50.00 USD 0.00 USD 50.00 USD");
    assert!(page.contains("no hold"), "{page}");
    has(
        &page,
        "no money was moved: declined by the check funds: insufficient_funds",
    );

    fixture.json("card set blue --state suspended");
    assert_eq!(front.buy("t-2", "1.00", "blue").await, 402);
    let page = fixture.run("why t-2").out;
    has(&page, "response declined: CARD_NOT_ACTIVE");
    has(&page, "decided by card: card not active");
    has(&page, "card refused inactive_card: card not active");
    fixture.server.stop().await.unwrap();
}

#[tokio::test]
async fn machines_read_the_same_and_an_unknown_transaction_is_66() {
    let (fixture, front) = fixture().await;
    assert_eq!(front.buy("t-1", "50.01", "blue").await, 402);
    let page = fixture.json("why t-1");
    assert_eq!(
        [
            &page["transaction"],
            &page["account"],
            &page["asked"]["amount"]
        ],
        [&json!("t-1"), &json!("alice"), &json!("50.01")]
    );
    assert_eq!(
        [
            &page["answered"]["outcome"],
            &page["answered"]["reason"],
            &page["answered"]["status"]
        ],
        [
            &json!("declined"),
            &json!("INSUFFICIENT_FUNDS"),
            &json!(402)
        ]
    );
    let by = &page["decided_by"];
    assert_eq!(
        [&by["check"], &by["verdict"], &by["inputs"]["available"]],
        [&json!("funds"), &json!("refused"), &json!("50.00")]
    );
    let checks = page["checks"].as_array().unwrap();
    let names: Vec<&str> = checks.iter().filter_map(|c| c["check"].as_str()).collect();
    assert_eq!(names[..4], ["account", "card", "method", "currency"]);
    assert_eq!(names.last(), Some(&"funds"), "the last one decided");
    let balance =
        json!({"currency": "USD", "posted": "50.00", "held": "0.00", "available": "50.00"});
    assert_eq!(
        [&page["balance_before"], &page["balance_after"]],
        [&balance, &balance]
    );
    assert_eq!(page["controls"], 0);
    for stage in ["queued", "lock", "read", "decide"] {
        assert!(page["stages_us"][stage].is_u64(), "{stage}: {page}");
    }
    assert_eq!(page["since"]["hold"], json!(null));
    assert_eq!(
        page["no_money_because"],
        "declined by the check funds: insufficient_funds"
    );

    let unknown = fixture.run("why t-9");
    assert_eq!(
        (unknown.code, unknown.out.as_str()),
        (Some(66), ""),
        "{unknown:?}"
    );
    assert!(
        unknown
            .err
            .contains("no request and no notification names it"),
        "{unknown:?}"
    );
    fixture.server.stop().await.unwrap();
}

/// A message of the dispute `case-1`, after another message.
fn dispute(token: &str, kind: &str, preceding: &str, amount: &str) -> Value {
    let mut item = purchase(token, amount, "blue");
    let order = item.as_object_mut().unwrap().remove("gpa_order").unwrap();
    item["type"] = json!(kind);
    item["state"] = json!("COMPLETION");
    item["preceding_related_transaction_token"] = json!(preceding);
    item["gpa_order_unload"] = order;
    item["chargeback"] = json!({"token": "case-1", "state": "INITIATED", "amount": amount});
    item
}

#[tokio::test]
async fn alerts_and_disputes_stand_on_the_page_of_the_purchase() {
    let (fixture, front) = fixture().await;
    assert_eq!(front.buy("t-1", "42.10", "blue").await, 200);
    front.collect("t-2", "t-1", "40.00").await;
    let opened = "authorization.clearing.chargeback";
    front.notify(&dispute("d-1", opened, "t-2", "40.00")).await;
    let credited = "authorization.clearing.chargeback.provisional.credit";
    front
        .notify(&dispute("d-2", credited, "d-1", "40.00"))
        .await;
    // Another purchase, and its dispute.
    front.collect("t-3", "t-8", "1.00").await;
    let mut other = dispute("d-3", opened, "t-3", "1.00");
    other["chargeback"]["token"] = json!("case-2");
    front.notify(&other).await;
    let detail = "clearing t-2 is 140.00 USD and its hold 42.10 USD";
    front
        .alert(AlertKind::ClearingAboveHold, "t-2", detail)
        .await;

    let page = fixture.run("why t-1").out;
    has(&page, "alert clearing_above_hold (warning) of t-2");
    has(&page, detail);
    has(&page, "expected 42.10 USD, booked 140.00 USD");
    has(&page, "dispute case-1");
    has(&page, "40.00 USD, applied, INITIATED, transaction d-1");
    has(&page, "moved so far: 40.00 USD");
    assert!(!page.contains("case-2"), "{page}");

    let since = &fixture.json("why t-1")["since"];
    assert_eq!(
        since["alerts"][0]["advice"],
        AlertKind::ClearingAboveHold.advice()
    );
    assert_eq!(since["disputes"][0]["steps"][1]["transaction"], "d-2");

    let opened = fixture.run("why d-1").out;
    let because = "the dispute is opened: the network's money is in suspense";
    assert!(lines(&opened).join(" ").contains(because), "{opened}");
    fixture.server.stop().await.unwrap();
}

#[tokio::test]
async fn a_stand_in_approval_is_shown_with_amount_merchant_card_and_date() {
    let (fixture, front) = fixture().await;
    let mut item = purchase("t-1", "12.00", "blue");
    item["standin_approved_by"] = json!("NETWORK");
    item["card_acceptor"]["name"] = json!("CORNER GROCERY 12");
    item["card_acceptor"]["city"] = json!("OAKLAND");
    item["card_acceptor"]["street_address"] = json!("500 MAIN ST");
    front.notify(&item).await;
    let page = fixture.run("why t-1").out;
    has(&page, "12.00 USD for authorization");
    let place = "card blue, merchant CORNER GROCERY 12, OAKLAND, number m-77,";
    has(&page, place);
    has(
        &page,
        "approved in stand-in by NETWORK, at 2026-10-03T08:15:59.000Z",
    );
    assert!(!page.contains("MAIN ST"), "{page}");
    let message = &fixture.json("why t-1")["since"]["notifications"][0]["message"];
    assert_eq!(
        [&message["card"], &message["merchant"]["city"]],
        ["blue", "OAKLAND"]
    );
    fixture.server.stop().await.unwrap();
}

/// The page without what differs from one day to the next: times, durations, our ids.
fn timeless(page: &str) -> String {
    let word = |word: &str| {
        let (bare, end) = word
            .strip_suffix(',')
            .map_or((word, ""), |bare| (bare, ","));
        let is_time =
            bare.ends_with('Z') && bare.contains('T') && !bare.starts_with("2026-10-03T08:15");
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        let is_short =
            |(whole, part): (&str, &str)| digits(whole) && digits(part) && part.len() == 3;
        match bare {
            _ if is_time => format!("TIME{end}"),
            _ if bare.starts_with("d-") => format!("ID{end}"),
            _ if bare.split_once('.').is_some_and(is_short) => format!("MS{end}"),
            _ => word.to_owned(),
        }
    };
    let line = |line: &str| line.split(' ').map(word).collect::<Vec<_>>().join(" ");
    page.trim().lines().map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn the_example_of_the_readme_is_what_is_printed() {
    let (fixture, front) = fixture().await;
    assert_eq!(front.buy("t-1", "38.00", "card-1").await, 200);
    assert_eq!(front.buy("t-7", "42.10", "card-1").await, 402);
    let printed = fixture.run("why t-7").out;
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md"));
    let readme = readme.unwrap();
    let (_, example) = readme.split_once("$ holdfast why t-7\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    assert_eq!(timeless(example), timeless(&printed), "{printed}");
    fixture.server.stop().await.unwrap();
}
