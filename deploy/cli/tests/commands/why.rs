//! `holdfast why`.

use crate::desk::Desk;
use crate::front::Door;
use serde_json::json;

async fn desk() -> (Desk, Door) {
    let desk = Desk::open().await;
    desk.json("account create alice --currency USD");
    desk.json("account credit alice 50.00 USD");
    let door = Door::open(&desk).await;
    (desk, door)
}

/// The page's lines, without the spaces that align them.
fn lines(page: &str) -> Vec<String> {
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    page.lines().map(words).collect()
}

fn has(page: &str, line: &str) {
    assert!(lines(page).iter().any(|l| l == line), "{line}\n{page}");
}

#[tokio::test]
async fn an_approval_is_told_with_what_became_of_the_money() {
    let (desk, door) = desk().await;
    assert_eq!(door.buy("t-1", "42.10", "blue").await, 200);
    let page = desk.run("why t-1").out;
    has(&page, "transaction t-1 of alice");
    has(&page, "asked 42.10 USD for authorization");
    has(
        &page,
        "card blue, merchant category 5411, merchant m-77, network VISA",
    );
    has(&page, "answered approved 42.10 USD");
    has(
        &page,
        "decided by every check passed; the last was funds: available 50.00 USD, asked 42.10 USD",
    );
    has(&page, "account passed state active");
    has(&page, "before 50.00 0.00 50.00");
    has(&page, "after 50.00 42.10 7.90");
    has(&page, "since Marqeta has told nothing of it");
    assert!(
        page.contains("authorized 42.10, held 42.10, cleared 0.00"),
        "{page}"
    );

    door.collect("t-2", "t-1", "40.00").await;
    let page = desk.run("why t-1").out;
    assert!(
        page.contains("authorized 42.10, held 2.10, cleared 40.00"),
        "{page}"
    );
    let told = |line: &String| line.contains("authorization.clearing COMPLETION applied t-2");
    assert!(lines(&page).iter().any(told), "{page}");
    let of_clearing = desk.run("why t-2").out;
    has(
        &of_clearing,
        "asked nobody asked us: Marqeta told of it afterwards",
    );
    let told = |line: &String| line.contains("authorization.clearing COMPLETION applied t-2");
    assert!(lines(&of_clearing).iter().any(told), "{of_clearing}");
    let booked = |line: &String| line.ends_with("captured settled -40.00 USD t-2");
    assert!(lines(&page).iter().any(booked), "{page}");
    desk.server.stop().await.unwrap();
}

#[tokio::test]
async fn a_decline_is_told_with_the_check_that_decided() {
    let (desk, door) = desk().await;
    assert_eq!(door.buy("t-1", "50.01", "blue").await, 402);
    let page = desk.run("why t-1").out;
    has(&page, "answered declined: INSUFFICIENT_FUNDS");
    has(
        &page,
        "decided by funds: available 50.00 USD, asked 50.01 USD",
    );
    has(
        &page,
        "funds refused: insufficient_funds available 50.00 USD, asked 50.01 USD",
    );
    has(&page, "after 50.00 0.00 50.00");
    assert!(page.contains("nothing was set aside for it"), "{page}");
    assert!(page.contains("no money was moved"), "{page}");

    desk.json("card set blue --state suspended");
    assert_eq!(door.buy("t-2", "1.00", "blue").await, 402);
    let page = desk.run("why t-2").out;
    has(&page, "answered declined: CARD_NOT_ACTIVE");
    has(&page, "decided by card: card not active");
    has(&page, "card refused: inactive_card card not active");
    desk.server.stop().await.unwrap();
}

#[tokio::test]
async fn machines_read_the_same_and_an_unknown_transaction_is_66() {
    let (desk, door) = desk().await;
    assert_eq!(door.buy("t-1", "50.01", "blue").await, 402);
    let told = desk.json("why t-1");
    assert_eq!(
        [
            &told["transaction"],
            &told["account"],
            &told["asked"]["amount"]
        ],
        [&json!("t-1"), &json!("alice"), &json!("50.01")]
    );
    assert_eq!(
        [
            &told["answered"]["outcome"],
            &told["answered"]["reason"],
            &told["answered"]["status"]
        ],
        [
            &json!("declined"),
            &json!("INSUFFICIENT_FUNDS"),
            &json!(402)
        ]
    );
    let by = &told["decided_by"];
    assert_eq!(
        [&by["check"], &by["verdict"], &by["inputs"]["available"]],
        [&json!("funds"), &json!("refused"), &json!("50.00")]
    );
    let checks = told["checks"].as_array().unwrap();
    let names: Vec<&str> = checks.iter().filter_map(|c| c["check"].as_str()).collect();
    assert_eq!(names[..4], ["account", "card", "method", "currency"]);
    assert_eq!(names.last(), Some(&"funds"), "the last one decided");
    let balance = json!({"posted": "50.00", "held": "0.00", "available": "50.00"});
    assert_eq!(
        [&told["balance_before"], &told["balance_after"]],
        [&balance, &balance]
    );
    assert_eq!(told["controls"], 0);
    for stage in ["queued", "lock", "read", "decide"] {
        assert!(told["stages_us"][stage].is_u64(), "{stage}: {told}");
    }
    assert_eq!(told["since"]["hold"], json!(null));

    let unknown = desk.run("why t-9");
    assert_eq!(
        (unknown.code, unknown.out.as_str()),
        (Some(66), ""),
        "{unknown:?}"
    );
    assert!(
        unknown.err.contains("nobody has told us of it"),
        "{unknown:?}"
    );
    desk.server.stop().await.unwrap();
}
