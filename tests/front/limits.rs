//! Spending limits under the account's lock: never exceeded by a decision, given back with the money, and
//! counted from what the account had done before the limit was put.

use crate::setup::Setup;
use holdfast_simulator::MessageKind::{self, Clearing, Increment, PartialReversal, Reversal};
use holdfast_simulator::{Json, Transaction};
use holdfast_tests::message::{confirmed, declined, envelope, with};
use holdfast_tests::{Bank, Caller, Messages, Process, TestDatabase};
use http::Method;
use sqlx::Executor;
use std::time::Duration;

const AMOUNT: &str = "402 AMOUNT_LIMIT_EXCEEDED";
const COUNT: &str = "402 TRANSACTION_COUNT_LIMIT_EXCEEDED";

pub(crate) async fn put(caller: &Caller, token: &str, control: &str) {
    let path = format!("/api/v1/velocity-controls/{token}");
    let response = caller.api(Method::PUT, &path, control.to_owned()).await;
    assert!([200, 201].contains(&response.status), "{}", response.text());
}

/// A limit of `payer` in dollars; `more` are further fields.
pub(crate) fn limit(amount: &str, more: &str) -> String {
    format!(
        r#"{{"amount_limit":{amount},"currency_code":"USD","velocity_window":"MONTH","association":{{"user_token":"payer"}}{more}}}"#
    )
}

async fn ask_all(callers: &[Caller], bodies: Vec<String>) -> Vec<String> {
    let ask = |(number, body): (usize, String)| {
        let caller = callers[number % callers.len()].clone();
        tokio::spawn(async move { caller.jit(body).await.verdict() })
    };
    let asking: Vec<_> = bodies.into_iter().enumerate().map(ask).collect();
    let mut verdicts = Vec::new();
    for asked in asking {
        verdicts.push(asked.await.unwrap());
    }
    verdicts
}

fn count(verdicts: &[String], wanted: &str) -> usize {
    verdicts.iter().filter(|verdict| *verdict == wanted).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_hundred_at_two_fronts_as_many_as_the_limit_has_room_for() {
    for (control, refusal) in [
        (limit("375.00", ""), AMOUNT),
        (limit("9000.00", r#","usage_limit":37"#), COUNT),
    ] {
        let database = TestDatabase::create().await;
        let bank = Bank::new(database.store().await);
        bank.open("payer", &[("USD", "5000.00")]).await;
        let (_first, one) = Process::front(database.url()).await;
        put(&one, "month", &control).await;
        let (_second, other) = Process::front(database.url()).await;
        let mut messages = Messages::default();
        let bodies = (0..200).map(|_| messages.purchase("payer", "10.00").request().to_string());
        let verdicts = ask_all(&[one, other], bodies.collect()).await;
        assert_eq!(
            (count(&verdicts, "200"), count(&verdicts, refusal)),
            (37, 163),
            "{verdicts:?}"
        );
        assert_eq!(bank.balance("payer", "USD").await, "5000.00 370.00 4630.00");
        bank.verify().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_let_go_can_be_spent_again_and_nothing_more() {
    let mut setup = Setup::begin().await;
    put(&setup.front, "month", &limit("50.00", "")).await;
    let (first, response) = setup.buy("40.00").await;
    assert_eq!(response.verdict(), "200");
    assert_eq!(setup.buy("10.01").await.1.verdict(), AMOUNT);
    let part = setup
        .messages
        .following(&first, MessageKind::PartialReversal, "15.00");
    setup
        .notify_and_apply(&[confirmed(&first), confirmed(&part)])
        .await;
    assert_eq!(setup.buy("25.01").await.1.verdict(), AMOUNT);
    let (second, response) = setup.buy("25.00").await;
    assert_eq!(response.verdict(), "200");
    // Cleared above its hold: uses more.
    let clearing = setup
        .messages
        .following(&first, MessageKind::Clearing, "30.00");
    setup.notify_and_apply(&[confirmed(&clearing)]).await;
    assert_eq!(setup.buy("0.01").await.1.verdict(), AMOUNT);
    // Declined by Marqeta after all: given back.
    setup.notify_and_apply(&[declined(&second)]).await;
    assert_eq!(setup.buy("20.01").await.1.verdict(), AMOUNT);
    assert_eq!(setup.buy("20.00").await.1.verdict(), "200");
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_put_late_counts_what_its_window_has_seen() {
    let mut setup = Setup::begin().await;
    let (first, response) = setup.buy("40.00").await;
    assert_eq!(response.verdict(), "200");
    put(
        &setup.front,
        "month",
        &limit("50.00", r#","usage_limit":2"#),
    )
    .await;
    // Messages here are made a second or two ahead of the clock.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let mut lifetime = limit("30.00", "").replace("MONTH", "LIFETIME");
    put(&setup.front, "ever", &lifetime).await;
    assert_eq!(setup.buy("10.01").await.1.verdict(), AMOUNT);
    assert_eq!(setup.buy("10.00").await.1.verdict(), "200");
    put(
        &setup.front,
        "month",
        &limit("500.00", r#","usage_limit":2"#),
    )
    .await;
    assert_eq!(setup.buy("1.00").await.1.verdict(), COUNT);
    put(&setup.front, "month", &limit("500.00", "")).await;
    // The first purchase was before the limit for ever.
    assert_eq!(setup.buy("20.01").await.1.verdict(), AMOUNT);
    assert_eq!(setup.buy("20.00").await.1.verdict(), "200");
    lifetime = lifetime.replace("30.00", "30.01");
    put(&setup.front, "ever", &lifetime).await;
    assert_eq!(setup.buy("0.02").await.1.verdict(), AMOUNT);
    assert_eq!(setup.buy("0.01").await.1.verdict(), "200");
    let increment = setup.messages.following(&first, Increment, "0.01");
    assert_eq!(setup.ask(&increment).await.verdict(), AMOUNT);
    setup.bank.verify().await;
}

/// A message as if Marqeta had made it that many days from now.
fn made_in(message: &Transaction, days: i64) -> String {
    let at = message.created + Duration::from_secs(86_400 * days.unsigned_abs());
    let at = format!("{}T{:02}:00:00Z", at.date(), at.hour());
    with(&message.request(), "created_time", (&at).into()).to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_increment_long_after_its_purchase_is_found_by_a_limit_put_later() {
    let mut setup = Setup::begin().await;
    let (first, response) = setup.buy("40.00").await;
    assert_eq!(response.verdict(), "200");
    let increment = setup.messages.following(&first, Increment, "30.00");
    let response = setup.front.jit(made_in(&increment, 400)).await;
    assert_eq!(response.verdict(), "200");
    put(&setup.front, "month", &limit("35.00", "")).await;
    let later = setup.messages.purchase("payer", "5.01");
    let response = setup.front.jit(made_in(&later, 400)).await;
    assert_eq!(response.verdict(), AMOUNT);
    let later = setup.messages.purchase("payer", "5.00");
    let response = setup.front.jit(made_in(&later, 400)).await;
    assert_eq!(response.verdict(), "200");
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_limit_may_count_what_was_declined() {
    let mut setup = Setup::begin().await;
    let control = limit("9000.00", r#","usage_limit":2,"approvals_only":false"#);
    put(&setup.front, "tries", &control).await;
    assert_eq!(setup.buy("1.00").await.1.verdict(), "200");
    let (first, response) = setup.buy("200.00").await;
    assert_eq!(response.verdict(), "402 INSUFFICIENT_FUNDS");
    // Marqeta notifies the same decline: one try, not two.
    setup.notify_and_apply(&[declined(&first)]).await;
    assert_eq!(setup.buy("1.00").await.1.verdict(), "200");
    assert_eq!(
        setup.buy("200.00").await.1.verdict(),
        "402 INSUFFICIENT_FUNDS"
    );
    assert_eq!(setup.buy("1.00").await.1.verdict(), COUNT);
    assert_eq!(setup.balance().await, "100.00 2.00 98.00");
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_limit_limits_nothing() {
    let mut setup = Setup::begin().await;
    put(&setup.front, "month", &limit("5.00", "")).await;
    assert_eq!(setup.buy("5.01").await.1.verdict(), AMOUNT);
    let path = "/api/v1/velocity-controls/month";
    let gone = setup.front.api(Method::DELETE, path, "").await;
    assert_eq!(gone.status, 204, "{}", gone.text());
    assert_eq!(setup.buy("5.01").await.1.verdict(), "200");
    assert_eq!(
        setup
            .database
            .count("select count(*) from control_history")
            .await,
        2
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_answer_to_why_has_the_numbers() {
    let mut setup = Setup::begin().await;
    let control = limit("50.00", r#","usage_limit":9,"name":"pocket money""#);
    put(&setup.front, "month", &control).await;
    assert_eq!(setup.buy("48.00").await.1.verdict(), "200");
    let (refused, response) = setup.buy("4.21").await;
    assert_eq!(response.verdict(), AMOUNT);
    let shown = setup.transaction(&refused.token).await;
    let checks = &shown["decision"]["why"]["checks"];
    let last = checks.as_array().unwrap().last().unwrap();
    assert_eq!(last["check"], "velocity", "{shown:#}");
    for (name, value) in [
        ("control", "month"),
        ("spent", "48.00"),
        ("asked", "4.21"),
        ("limit", "50.00"),
        ("uses", "1"),
        ("uses_limit", "9"),
        ("name", "pocket money"),
    ] {
        assert_eq!(last["inputs"][name], value, "{name}: {last:#}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sum_that_is_not_what_the_holds_use_is_found() {
    let mut setup = Setup::begin().await;
    put(&setup.front, "month", &limit("50.00", "")).await;
    assert_eq!(setup.buy("48.00").await.1.verdict(), "200");
    let path = "/api/v1/trial-balance";
    let balance = setup.front.api(Method::GET, path, "").await.json();
    assert_eq!(balance["balanced"], true, "{balance:#}");
    let mut connection = setup.database.connect().await;
    let change = "update usage set meters = replace(meters::text, '\"48\"', '\"47\"')::jsonb";
    connection.execute(change).await.unwrap();
    let balance = setup.front.api(Method::GET, path, "").await.json();
    assert_eq!(balance["balanced"], false, "{balance:#}");
    assert_eq!(balance["differences"][0]["what"], "usage", "{balance:#}");
}

/// Purchases, increments, reversals, clearings and declines as they come, sent twice and in another order.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_happens_no_decision_exceeds_a_limit_and_usage_is_what_the_holds_say() {
    let mut setup = Setup::begin().await;
    setup.bank.open("payer", &[("USD", "100000.00")]).await;
    put(
        &setup.front,
        "month",
        &limit("120.00", r#","usage_limit":12"#),
    )
    .await;
    put(
        &setup.front,
        "year",
        &limit("150.00", "").replace("MONTH", "YEAR"),
    )
    .await;
    let mut open: Vec<Transaction> = Vec::new();
    for round in 0..12_usize {
        let asked: Vec<Transaction> = (0..8)
            .map(|turn| {
                let amount = format!("{}.{:02}", (round * 7 + turn * 5) % 23 + 1, turn * 11);
                match open.get(turn) {
                    Some(before) if turn % 3 == 0 => {
                        setup.messages.following(before, Increment, &amount)
                    }
                    _ => setup.messages.purchase("payer", &amount),
                }
            })
            .collect();
        let bodies = asked
            .iter()
            .map(|asked| asked.request().to_string())
            .collect();
        let callers = [(*setup.front).clone()];
        let verdicts = ask_all(&callers, bodies).await;
        let used = "select coalesce(max((w.value ->> 'a')::numeric * 100), 0)::bigint
            from usage u, jsonb_each(u.meters -> 'month' -> 'w') w";
        assert!(setup.database.count(used).await <= 12_000, "round {round}");
        let mut notifications: Vec<Json> = Vec::new();
        for (turn, (purchase, verdict)) in asked.iter().zip(&verdicts).enumerate() {
            if verdict != "200" || (round + turn) % 5 == 0 {
                notifications.push(declined(purchase));
                continue;
            }
            let kinds = [PartialReversal, Clearing, Reversal];
            let kind = kinds[(round + turn) % 2 + usize::from(turn == 5)];
            let after = setup.messages.following(purchase, kind, "1.00");
            notifications.push(confirmed(&after));
            notifications.push(confirmed(purchase));
        }
        notifications.reverse();
        let again: Vec<Json> = notifications.iter().rev().cloned().collect();
        setup.notify_and_apply(&notifications).await;
        let repeated = setup.front.notify(envelope(&again)).await;
        assert_eq!(repeated.status, 200);
        setup.bank.verify().await;
        open = asked;
    }
}
