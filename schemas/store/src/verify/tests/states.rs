//! Verifying the states of cards and accounts, and the race of an account's creation with its transitions.

use super::books::{database, token};
use super::{break_it, found};
use crate::Store;
use crate::account::AccountChange;
use crate::unit::Locked;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::CardToken;
use holdfast_ledger::transition::Transition;
use std::collections::BTreeSet;
use std::time::Duration;

const NOW: Moment = Moment(1_800_000_000_000);

fn transition(state: &str, created: Option<i64>) -> Transition {
    Transition {
        token: format!("{state}-{created:?}"),
        state: state.to_owned(),
        created: created.map(Moment),
    }
}

async fn record_cards(store: &Store, transitions: &[(&str, &str, Option<i64>)]) {
    let transitions = transitions.iter().map(|(card, state, created)| {
        let card = CardToken::parse(card).unwrap();
        (card, transition(state, *created))
    });
    let transitions: Vec<_> = transitions.collect();
    let mut unit = store.begin().await.unwrap();
    unit.record_card_transitions(&transitions, NOW)
        .await
        .unwrap();
    unit.commit().await.unwrap();
}

async fn record_account(store: &Store, account: &str, transition: Transition) {
    let account = token(account);
    let mut unit = store.begin().await.unwrap();
    let one = BTreeSet::from([account.clone()]);
    unit.lock_accounts(&one, Locked::Wait).await.unwrap();
    let one = [(account, transition)];
    unit.record_account_transitions(&one, NOW).await.unwrap();
    unit.commit().await.unwrap();
}

/// Returns once a session of this database waits for a lock.
async fn is_waiting(store: &Store) {
    let waiting = "select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'";
    for _ in 0..1_000 {
        let count: i64 = sqlx::query_scalar(waiting)
            .fetch_one(store.pool())
            .await
            .unwrap();
        if count > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("no session waits for a lock");
}

async fn marqeta_state(store: &Store, account: &str) -> Option<String> {
    let account = store.account(&token(account)).await.unwrap();
    account.and_then(|account| account.marqeta_state)
}

#[tokio::test]
async fn broken_states_are_found() {
    let store = database("states").await;
    for card in ["good", "wrong", "lost", "extra"] {
        let states = [(card, "SUSPENDED", Some(2)), (card, "ACTIVE", None)];
        record_cards(&store, &states).await;
    }
    let change = AccountChange::default();
    for account in ["ann", "bob", "eve"] {
        store.put_account(&token(account), &change).await.unwrap();
        record_account(&store, account, transition("CLOSED", Some(1))).await;
        record_account(&store, account, transition("ACTIVE", Some(2))).await;
    }
    assert_eq!(found(&store.verify().await.unwrap()), []);
    break_it(
        &store,
        "update card_state set marqeta_state = 'ACTIVE' where token = 'wrong';
         delete from card_state where token = 'lost';
         delete from card_transition where card = 'extra';
         update account set marqeta_state = null where token = 'bob';
         update account_transition set created_at = null where account = 'eve' and state = 'ACTIVE'",
    )
    .await;
    let verification = store.verify().await.unwrap();
    let mut differences = found(&verification);
    differences.sort_unstable();
    let expected = [
        ("account_state", "ACTIVE", "CLOSED"),
        ("account_state", "none", "ACTIVE"),
        ("card_state", "ACTIVE", "SUSPENDED"),
        ("card_state", "SUSPENDED", "none"),
        ("card_state", "none", "SUSPENDED"),
    ];
    assert_eq!(differences, expected);
}

#[tokio::test]
async fn a_transition_with_two_times_has_the_earlier_one_in_both_orders() {
    let store = database("two_times").await;
    for (card, times) in [
        ("one", [Some(5), Some(9)]),
        ("two", [Some(9), Some(5)]),
        ("three", [None, Some(5)]),
        ("four", [Some(5), None]),
    ] {
        for time in times {
            let same = Transition {
                token: "same".to_owned(),
                ..transition("SUSPENDED", time)
            };
            let one = [(CardToken::parse(card).unwrap(), same)];
            let mut unit = store.begin().await.unwrap();
            unit.record_card_transitions(&one, NOW).await.unwrap();
            unit.commit().await.unwrap();
        }
        record_cards(&store, &[(card, "ACTIVE", Some(7))]).await;
        let card = CardToken::parse(card).unwrap();
        let state = store.card(&card).await.unwrap().unwrap().marqeta_state;
        assert_eq!(state.as_deref(), Some("ACTIVE"), "{card}");
    }
}

/// Two writers of one card: the second waits from the first one's lock on, not only from its change on.
#[tokio::test]
async fn writers_of_one_card_wait_for_each_other() {
    let store = database("writers").await;
    let card = CardToken::parse("blue").unwrap();
    record_cards(&store, &[("blue", "UNACTIVATED", Some(1))]).await;
    let mut first = store.begin().await.unwrap();
    sqlx::query(include_str!("../../../sql/lock_card_states.sql"))
        .bind(["blue"])
        .execute(&mut *first.tx)
        .await
        .unwrap();
    let second = {
        let store = store.clone();
        tokio::spawn(async move { record_cards(&store, &[("blue", "ACTIVE", Some(9))]).await })
    };
    is_waiting(&store).await;
    let last = [(card.clone(), transition("TERMINATED", Some(2)))];
    first.record_card_transitions(&last, NOW).await.unwrap();
    first.commit().await.unwrap();
    second.await.unwrap();
    let state = store.card(&card).await.unwrap().unwrap().marqeta_state;
    assert_eq!(state.as_deref(), Some("TERMINATED"));
}

/// The transition is stored while another transaction is creating the account: each in turn comes first.
#[tokio::test]
async fn a_transition_in_the_moment_of_the_accounts_creation_counts() {
    let store = database("creation").await;
    // The account first, not yet committed.
    let mut creating = store.begin().await.unwrap();
    let ann = BTreeSet::from([token("ann")]);
    creating.open_unregistered(&ann).await.unwrap();
    let recording = {
        let store = store.clone();
        tokio::spawn(async move {
            record_account(&store, "ann", transition("SUSPENDED", Some(1))).await;
        })
    };
    is_waiting(&store).await;
    creating.commit().await.unwrap();
    recording.await.unwrap();
    assert_eq!(
        marqeta_state(&store, "ann").await.as_deref(),
        Some("SUSPENDED")
    );

    // The transition first, not yet committed; then the account by an operator.
    let mut recording = store.begin().await.unwrap();
    let one = [(token("bob"), transition("CLOSED", Some(1)))];
    recording
        .record_account_transitions(&one, NOW)
        .await
        .unwrap();
    let creating = {
        let store = store.clone();
        tokio::spawn(async move {
            let change = AccountChange::default();
            store.put_account(&token("bob"), &change).await.unwrap();
        })
    };
    is_waiting(&store).await;
    assert_eq!(marqeta_state(&store, "bob").await, None);
    recording.commit().await.unwrap();
    creating.await.unwrap();
    assert_eq!(
        marqeta_state(&store, "bob").await.as_deref(),
        Some("CLOSED")
    );
}

#[tokio::test]
async fn an_account_has_the_state_of_the_transitions_that_came_before_it() {
    let store = database("before").await;
    for (account, by_operator) in [("ann", true), ("bob", false)] {
        record_account(&store, account, transition("SUSPENDED", Some(2))).await;
        record_account(&store, account, transition("ACTIVE", Some(1))).await;
        assert_eq!(store.account(&token(account)).await.unwrap(), None);
        if by_operator {
            let change = AccountChange::default();
            store.put_account(&token(account), &change).await.unwrap();
        } else {
            let mut unit = store.begin().await.unwrap();
            let one = BTreeSet::from([token(account)]);
            unit.open_unregistered(&one).await.unwrap();
            unit.commit().await.unwrap();
        }
        let state = marqeta_state(&store, account).await;
        assert_eq!(state.as_deref(), Some("SUSPENDED"), "{account}");
    }
    assert_eq!(found(&store.verify().await.unwrap()), []);
}
