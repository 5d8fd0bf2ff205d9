//! Whose money it is when several spend it: businesses with clerks and cards, children with their parents' account.

use crate::setup::Setup;
use holdfast_simulator::{AccountKind, Json, MessageKind, SimAccount, Transaction};
use holdfast_tests::message::{confirmed, with, without};
use http::Method;
use serde_json::Value;

/// `acme`, a business with 100.00 USD, and what its clerks buy.
async fn acme() -> Setup {
    let setup = Setup::begin().await;
    setup.bank.open("acme", &[("USD", "100.00")]).await;
    let path = "/api/v1/accounts/acme";
    let body = r#"{"kind":"business"}"#;
    let changed = setup.front.api(Method::PUT, path, body).await;
    assert_eq!(changed.string("kind"), "business", "{}", changed.text());
    setup
}

/// A first message with one of the business's cards.
fn opening(setup: &mut Setup, kind: MessageKind, card: &str, amount: &str) -> Transaction {
    let mut opening = setup.messages.opening(kind, "acme", amount, "USD");
    opening.account = SimAccount::new("acme", AccountKind::Business, card, "USD").unwrap();
    opening
}

/// Who transacted, wherever the message says so.
fn by(message: &Json, clerk: &str) -> Json {
    let clerk = || Json::from(clerk.to_owned());
    let mut message = with(message, "acting_user_token", clerk());
    if message.get("gpa_order.jit_funding").is_some() {
        message.set("gpa_order.jit_funding.acting_user_token", clerk());
    }
    message
}

/// The notification without the funding order: no JIT block names the account.
fn bare(message: &Json) -> Json {
    without(&without(message, "gpa_order"), "gpa_order_unload")
}

async fn balance(setup: &Setup, account: &str) -> String {
    setup.bank.balance(account, "USD").await
}

/// The events of a topic, in order.
async fn events(setup: &Setup, topic: &str) -> Vec<Value> {
    let all = "select payload::text from journal where topic = $1 order by at, shard, position";
    let mut connection = setup.database.connect().await;
    let payloads: Vec<String> = sqlx::query_scalar(all)
        .bind(topic)
        .fetch_all(&mut connection)
        .await
        .unwrap();
    let read = |payload: &String| serde_json::from_str(payload).unwrap();
    payloads.iter().map(read).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clerks_with_cards_of_their_own_spend_one_business_account() {
    let mut setup = acme().await;
    let mut bought = Vec::new();
    for (card, clerk, amount, verdict, left) in [
        ("red", "ann", "40.00", "200", "100.00 40.00 60.00"),
        ("blue", "bob", "50.00", "200", "100.00 90.00 10.00"),
        (
            "red",
            "ann",
            "10.01",
            "402 INSUFFICIENT_FUNDS",
            "100.00 90.00 10.00",
        ),
        // A clerk may use another one's card.
        ("blue", "ann", "10.00", "200", "100.00 100.00 0.00"),
    ] {
        let purchase = opening(&mut setup, MessageKind::Authorization, card, amount);
        let request = by(&purchase.request(), clerk);
        let response = setup.front.jit(request.to_string()).await;
        assert_eq!(
            response.verdict(),
            verdict,
            "{clerk} {amount}: {}",
            response.text()
        );
        assert_eq!(response.string("jit_funding.business_token"), "acme");
        assert_eq!(response.raw("jit_funding.user_token"), None);
        assert_eq!(balance(&setup, "acme").await, left, "{clerk} {amount}");
        bought.push((purchase, clerk));
    }
    let events = events(&setup, "jit.authorizations.v1").await;
    let clerks: Vec<&str> = events
        .iter()
        .filter_map(|event| event["acting_user"].as_str())
        .collect();
    assert_eq!(clerks, ["ann", "bob", "ann", "ann"]);
    for card in ["red", "blue"] {
        let path = format!("/api/v1/cards/{card}");
        let card = setup.front.api(Method::GET, &path, "").await;
        assert_eq!(card.string("account"), "acme");
    }
    // No clerk has an account, and no other account may use the cards.
    assert!(setup.bank.account("ann").await.is_none());
    let mut stolen = setup.messages.purchase("payer", "1.00");
    stolen.account = SimAccount::new("payer", AccountKind::User, "red", "USD").unwrap();
    assert_eq!(setup.ask(&stolen).await.verdict(), "402 INVALID_CARD");

    // Both cards' purchases are cleared from the one account.
    for (purchase, clerk) in bought {
        if purchase.amount != "10.01".parse().unwrap() {
            let amount = purchase.amount.to_string();
            let clearing = setup
                .messages
                .following(&purchase, MessageKind::Clearing, &amount);
            setup
                .notify_and_apply(&[by(&confirmed(&clearing), clerk)])
                .await;
        }
    }
    assert_eq!(balance(&setup, "acme").await, "0.00 0.00 0.00");
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_clerks_buy_at_once_is_never_more_than_the_business_has() {
    let mut setup = acme().await;
    let mut requests = Vec::new();
    for number in 0..20 {
        let (card, clerk) = (format!("card-{}", number % 4), format!("clerk-{number}"));
        let purchase = opening(&mut setup, MessageKind::Authorization, &card, "15.00");
        requests.push(by(&purchase.request(), &clerk).to_string());
    }
    let asked = requests.into_iter().map(|request| {
        let front = (*setup.front).clone();
        tokio::spawn(async move { front.jit(request).await.status })
    });
    let asked: Vec<_> = asked.collect();
    let mut approved = 0;
    for response in asked {
        approved += i32::from(response.await.unwrap() == 200);
    }
    assert_eq!(approved, 6);
    assert_eq!(balance(&setup, "acme").await, "100.00 90.00 10.00");
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_business_is_found_without_a_jit_block_by_its_purchase_and_by_its_cards() {
    let mut setup = acme().await;
    setup.set(r#"{"book_credits_without_jit":true}"#).await;
    let purchase = opening(&mut setup, MessageKind::Authorization, "red", "60.00");
    let asked = setup
        .front
        .jit(by(&purchase.request(), "ann").to_string())
        .await;
    assert_eq!(asked.verdict(), "200");
    // Not even the business is named: the keys of the hold are all that is left, and then the card.
    let nameless = |message: &Json| without(&by(&bare(message), "ann"), "business_token");
    setup
        .notify_and_apply(&[nameless(&confirmed(&purchase))])
        .await;
    let clearing = setup
        .messages
        .following(&purchase, MessageKind::Clearing, "45.00");
    let cardless = without(&nameless(&confirmed(&clearing)), "card_token");
    setup.notify_and_apply(&[cardless]).await;
    assert_eq!(balance(&setup, "acme").await, "55.00 15.00 40.00");
    let refund = opening(&mut setup, MessageKind::Refund, "red", "5.00");
    setup
        .notify_and_apply(&[nameless(&confirmed(&refund))])
        .await;
    assert_eq!(balance(&setup, "acme").await, "60.00 15.00 45.00");
    // An unregistered card leads to no account: the notification is parked.
    let stray = opening(&mut setup, MessageKind::Refund, "green", "7.00");
    setup
        .notify_and_apply(&[nameless(&confirmed(&stray))])
        .await;
    assert_eq!(balance(&setup, "acme").await, "60.00 15.00 45.00");
    let letters = "select count(*) from dead_letter";
    assert_eq!(setup.database.count(letters).await, 1);
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_child_spends_its_parents_account_when_the_jit_block_names_that() {
    let mut setup = Setup::begin().await;
    setup.set(r#"{"book_credits_without_jit":true}"#).await;
    // The child has money of its own, which is not used.
    setup.bank.open("child", &[("USD", "500.00")]).await;
    let childs = |message: &Json| with(&by(message, "child"), "user_token", "child".into());
    let buys = async |setup: &mut Setup, amount: &str| {
        let mut purchase = setup.messages.purchase("payer", amount);
        purchase.account = SimAccount::new("payer", AccountKind::User, "junior", "USD").unwrap();
        let response = setup
            .front
            .jit(childs(&purchase.request()).to_string())
            .await;
        (purchase, response)
    };
    let (_, refused) = buys(&mut setup, "100.01").await;
    assert_eq!(
        refused.verdict(),
        "402 INSUFFICIENT_FUNDS",
        "the child has more"
    );
    let (purchase, response) = buys(&mut setup, "30.00").await;
    assert_eq!(response.verdict(), "200", "{}", response.text());
    assert_eq!(response.string("jit_funding.user_token"), "payer");
    assert_eq!(setup.balance().await, "100.00 30.00 70.00");

    // Notified without a JIT block only the child is named; the purchase and then its card lead to the parent.
    let clearing = setup
        .messages
        .following(&purchase, MessageKind::Clearing, "32.50");
    let notifications = [&purchase, &clearing].map(|message| childs(&bare(&confirmed(message))));
    setup.notify_and_apply(&notifications).await;
    assert_eq!(setup.balance().await, "67.50 0.00 67.50");
    let mut refund = setup
        .messages
        .opening(MessageKind::Refund, "payer", "2.50", "USD");
    refund.account = purchase.account.clone();
    setup
        .notify_and_apply(&[childs(&bare(&confirmed(&refund)))])
        .await;
    assert_eq!(setup.balance().await, "70.00 0.00 70.00");
    assert_eq!(balance(&setup, "child").await, "500.00 0.00 500.00");

    // With its own account in the JIT block the child pays itself, with a card of its own.
    let mut own = setup.messages.purchase("child", "20.00");
    own.account = SimAccount::new("child", AccountKind::User, "own", "USD").unwrap();
    assert_eq!(setup.ask(&own).await.verdict(), "200");
    assert_eq!(balance(&setup, "child").await, "500.00 20.00 480.00");
    assert_eq!(setup.balance().await, "70.00 0.00 70.00");
    setup.bank.verify().await;
}
