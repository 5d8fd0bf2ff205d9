//! Verifying against a real Postgres: books that are right, and each way in which they can be wrong.

mod books;
mod states;

use super::Verification;
use crate::Store;
use books::{fund, purchase, some_books, token, usd};
use std::collections::BTreeSet;

async fn break_it(store: &Store, statement: &'static str) {
    let mut tx = store.pool().begin().await.unwrap();
    sqlx::raw_sql(statement).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

fn found(verification: &Verification) -> Vec<(&'static str, &str, &str)> {
    let differences = verification.differences.iter();
    differences
        .map(|d| (d.what, d.stored.as_str(), d.recomputed.as_str()))
        .collect()
}

#[tokio::test]
async fn untouched_books_balance() {
    let store = some_books("untouched").await;
    let verification = store.verify().await.unwrap();
    assert_eq!(found(&verification), []);
    assert!(verification.is_balanced());
    assert_eq!(
        (
            verification.events,
            verification.accounts,
            verification.holds
        ),
        (10, 5, 5)
    );
    let totals = verification.totals[&usd()];
    // Five times 100.00 from the program and 40.00 on hold, each once on either side.
    assert_eq!(
        (totals.debits.text(usd()), totals.credits.text(usd())),
        ("700.00".into(), "700.00".into())
    );
}

#[tokio::test]
async fn a_broken_balance_is_found() {
    let store = some_books("balances").await;
    break_it(
        &store,
        "update balance set posted = posted + 1 where account = 'a1'",
    )
    .await;
    break_it(
        &store,
        "update balance set held = 39.99 where account = 'a2'",
    )
    .await;
    break_it(&store, "delete from balance where account = 'a3'").await;
    break_it(
        &store,
        "insert into balance values (0, 'unopened', 'EUR', 5, 0, 0)",
    )
    .await;
    let verification = store.verify().await.unwrap();
    let mut differences = found(&verification);
    differences.sort_unstable();
    let expected = [
        ("balance_held", "0.00", "40.00"),
        ("balance_held", "39.99", "40.00"),
        ("balance_posted", "0.00", "100.00"),
        ("balance_posted", "101.00", "100.00"),
        ("balance_posted", "5.00", "0.00"),
    ];
    assert_eq!(differences, expected);
}

#[tokio::test]
async fn a_broken_hold_is_found() {
    let store = some_books("holds").await;
    break_it(&store, "update hold set facts = '[]' where id = 'h-t1'").await;
    break_it(&store, "delete from hold where id = 'h-t2'").await;
    break_it(
        &store,
        "update hold set is_open = false, expires_at = null where id = 'h-t3'",
    )
    .await;
    let swap = "update hold set standing = replace(standing::text, '\"40\"', '\"41\"')::jsonb
        where id = 'h-t4'";
    break_it(&store, swap).await;
    let verification = store.verify().await.unwrap();
    let mut kinds: Vec<(&str, Option<&str>)> = verification
        .differences
        .iter()
        .map(|d| (d.what, d.subject.as_deref()))
        .collect();
    kinds.sort_unstable();
    let expected = [
        ("decision_hold", Some("t1")),
        ("decision_hold", Some("t2")),
        ("hold", Some("h-t2")),
        ("hold_expires_at", Some("h-t3")),
        ("hold_held", Some("h-t4")),
        ("hold_is_open", Some("h-t3")),
        ("hold_standing", Some("h-t1")),
        ("hold_standing", Some("h-t4")),
    ];
    assert_eq!(kinds, expected);
}

#[tokio::test]
async fn a_broken_journal_is_found() {
    let store = some_books("journal").await;
    let broken = "alter table journal disable trigger journal_is_append_only;
        grant update, delete on journal to current_user;
        update journal set entries = jsonb_set(entries, '{0,amount}', '\"1\"')
            where account = 'a1' and hold is null;
        delete from journal where account = 'a2' and hold is null;
        update shard_counter set position = position + 1
            where shard = (select shard from account where token = 'a3')";
    break_it(&store, broken).await;
    let verification = store.verify().await.unwrap();
    let kinds: BTreeSet<&str> = verification.differences.iter().map(|d| d.what).collect();
    for kind in [
        "event_sum",
        "events_in_range",
        "last_position",
        "balance_posted",
    ] {
        assert!(kinds.contains(kind), "{kind} in {kinds:?}");
    }
    assert!(!verification.is_balanced());
}

#[tokio::test]
async fn traffic_shows_no_false_differences() {
    let store = some_books("traffic").await;
    let traffic = store.clone();
    let traffic = tokio::spawn(async move {
        for number in 0..60 {
            let account = token(&format!("a{}", number % 5));
            fund(&traffic, &account, "10.00").await;
            purchase(&traffic, &account, &format!("more{number}"), "5.00").await;
        }
    });
    let mut rounds = 0;
    while !traffic.is_finished() {
        let verification = store.verify().await.unwrap();
        assert_eq!(found(&verification), [], "round {rounds}");
        rounds += 1;
    }
    traffic.await.unwrap();
    assert!(rounds > 2);
    assert_eq!(store.verify().await.unwrap().holds, 65);
}

#[tokio::test]
async fn merged_holds_count_for_the_one_that_took_them_over() {
    let store = some_books("merged").await;
    let account = token("a0");
    purchase(&store, &account, "t-other", "10.00").await;
    let sql = "update hold h set merged_into = 'h-t0', facts = '[]', standing = '{\"l\":{}}',
            is_open = false, expires_at = null
        where h.id = 'h-t-other';
        update hold set facts = facts || (select jsonb_build_array(jsonb_build_object(
            't', 't-other', 's', 'us', 'k', 'increment', 'a', '10', 'c', 'USD', 'w', 1800000000000)))
        where id = 'h-t0'";
    break_it(&store, sql).await;
    let verification = store.verify().await.unwrap();
    let differences = verification.differences.iter();
    let kinds: Vec<&str> = differences.map(|difference| difference.what).collect();
    // The merged hold's lines count for h-t0, whose standing was not folded again.
    assert_eq!(kinds, ["hold_standing", "hold_held"]);
}
