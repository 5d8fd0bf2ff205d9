//! Books that are as they should be, in a database of their own.

use crate::account::AccountChange;
use crate::decision::{NewDecision, StoredOutcome};
use crate::journal::Event;
use crate::unit::{Locked, Unit, Wanted};
use crate::{Store, StoreOptions};
use holdfast_ledger::book::Account;
use holdfast_ledger::entry::{self, Entry, Layer, Side};
use holdfast_ledger::fact::{Fact, Kind, Links, Message, Role, Source};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::policy::Policy;
use holdfast_ledger::shard::ShardCount;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId, TransactionToken};
use holdfast_local::{Durability, EmbeddedPostgres};
use sqlx::AssertSqlSafe;
use std::collections::BTreeSet;
use tokio::sync::OnceCell;

static SERVER: OnceCell<EmbeddedPostgres> = OnceCell::const_new();
const NOW: Moment = Moment(1_800_000_000_000);

/// A migrated database of its own.
pub(super) async fn database(name: &str) -> Store {
    let start = || async {
        EmbeddedPostgres::temporary(Durability::OffForTests)
            .await
            .unwrap()
    };
    let server = SERVER.get_or_init(start).await;
    let admin = sqlx::PgPool::connect(&server.url()).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("create database {name}")))
        .execute(&admin)
        .await
        .unwrap();
    let options = StoreOptions::new(server.database_url(name), "holdfast-store-tests");
    Store::migrate(&options, ShardCount::new(4).unwrap())
        .await
        .unwrap()
}

pub(super) fn usd() -> Currency {
    Currency::parse("USD").unwrap()
}

fn amount(text: &str) -> Amount {
    Amount::parse_in(text, usd()).unwrap()
}

pub(super) fn token(name: &str) -> AccountToken {
    AccountToken::parse(name).unwrap()
}

async fn locked(store: &Store, account: &AccountToken) -> (Unit, Account) {
    let only = BTreeSet::from([account.clone()]);
    let mut unit = store.begin().await.unwrap();
    unit.lock_accounts(&only, Locked::Wait).await.unwrap();
    let mut known = unit
        .read_known(&Wanted {
            accounts: only,
            ..Wanted::default()
        })
        .await
        .unwrap();
    (unit, known.accounts.remove(account).unwrap())
}

fn event(account: &Account, entries: Vec<Entry>, hold: Option<HoldId>) -> Event {
    Event {
        id: uuid::Uuid::now_v7(),
        account: account.token.clone(),
        topic: "ledger.adjustments.v1",
        kind: "holdfast.ledger.adjustment.v1",
        subject: account.token.as_str().to_owned(),
        payload: "{}".to_owned(),
        entries,
        hold,
        token: None,
        at: NOW,
    }
}

pub(super) async fn fund(store: &Store, account: &AccountToken, text: &str) {
    let change = AccountChange {
        currencies: BTreeSet::from([usd()]),
        ..AccountChange::default()
    };
    store.put_account(account, &change).await.unwrap();
    let (mut unit, mut book) = locked(store, account).await;
    let entries = entry::entry_pair(
        Side::ProgramFunding,
        Layer::Settled,
        usd(),
        amount(text).credit(),
    );
    book.post_entries(&entries).unwrap();
    unit.write_books([&book]).await.unwrap();
    unit.append_events(&[event(&book, entries, None)])
        .await
        .unwrap();
    unit.commit().await.unwrap();
}

fn message(name: &str, text: &str) -> Message {
    let own = TransactionToken::parse(name).unwrap();
    Message {
        fact: Fact {
            created: Some(NOW),
            ..Fact::new(
                own.clone(),
                Source::Decision,
                Kind::Original,
                amount(text),
                usd(),
            )
        },
        links: Links::new(own),
        role: Role::Original,
    }
}

fn decision(account: &AccountToken, name: &str, hold: &HoldId) -> NewDecision {
    NewDecision {
        id: name.to_owned(),
        token: TransactionToken::parse(name).unwrap(),
        account: account.clone(),
        content_hash: [0; 32],
        outcome: StoredOutcome::Approved,
        reason: None,
        status: 200,
        response_body: "{}".to_owned(),
        hold: Some(hold.clone()),
        request: "{}".to_owned(),
        why: "{}".to_owned(),
        rules: 1,
        received: NOW,
        decided: NOW,
    }
}

pub(super) async fn purchase(store: &Store, account: &AccountToken, name: &str, text: &str) {
    let (mut unit, mut book) = locked(store, account).await;
    let hold = HoldId::parse(&format!("h-{name}")).unwrap();
    let plan = book
        .plan(&message(name, text), &hold, Policy::default(), NOW)
        .unwrap();
    let entries = plan.entries.clone();
    book.apply_plan(plan);
    unit.write_books([&book]).await.unwrap();
    unit.write_decided([], &[decision(account, name, &hold)])
        .await
        .unwrap();
    unit.append_events(&[event(&book, entries, Some(hold))])
        .await
        .unwrap();
    unit.commit().await.unwrap();
}

pub(super) async fn some_books(name: &str) -> Store {
    let store = database(name).await;
    for number in 0..5 {
        let account = token(&format!("a{number}"));
        fund(&store, &account, "100.00").await;
        purchase(&store, &account, &format!("t{number}"), "40.00").await;
    }
    store
}
