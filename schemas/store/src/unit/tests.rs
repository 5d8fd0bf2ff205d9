//! Units on a real Postgres.

use super::*;
use crate::StoreOptions;
use holdfast_local::{Durability, EmbeddedPostgres};

async fn is_free(store: &Store, accounts: &BTreeSet<AccountToken>) -> bool {
    let mut unit = store.begin().await.unwrap();
    let mine = unit.lock_accounts(accounts, Locked::Skip).await.unwrap();
    unit.roll_back().await.unwrap();
    mine == *accounts
}

#[tokio::test]
async fn what_a_commit_begins_is_a_unit_of_its_own() {
    let server = EmbeddedPostgres::temporary(Durability::OffForTests);
    let server = server.await.unwrap();
    let options = StoreOptions::new(server.url(), "holdfast-unit-tests");
    let store = Store::migrate(&options, ShardCount::DEFAULT).await.unwrap();
    let [one, other] = ["one", "other"].map(|name| AccountToken::parse(name).unwrap());
    let (one, other) = (BTreeSet::from([one]), BTreeSet::from([other]));

    let mut unit = store.begin().await.unwrap();
    unit.open_unregistered(&one).await.unwrap();
    unit.lock_accounts(&one, Locked::Wait).await.unwrap();
    let next = unit.commit_and_begin().await.unwrap();
    assert!(
        is_free(&store, &one).await,
        "the account exists and is free"
    );

    let mut unit = store.continue_with(next);
    unit.open_unregistered(&other).await.unwrap();
    assert_eq!(unit.lock_accounts(&one, Locked::Skip).await.unwrap(), one);
    assert!(
        !is_free(&store, &one).await,
        "it is locked by the next unit"
    );
    drop(unit);
    while !is_free(&store, &one).await {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert!(
        !is_free(&store, &other).await,
        "the next unit was rolled back"
    );
    store.close().await;
    server.stop().await.unwrap();
}
