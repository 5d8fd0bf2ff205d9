//! A database of a test's own, and the built program on it.

use holdfast_ledger::book::Account;
use holdfast_ledger::token::AccountToken;
use holdfast_local::{Durability, EmbeddedPostgres};
use holdfast_store::journal::Event;
use holdfast_store::unit::{Locked, Wanted};
use holdfast_store::{Store, StoreOptions};
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::{Command, Output};

/// A database, and the program that works on it.
pub(crate) struct ApiFixture {
    pub(crate) server: EmbeddedPostgres,
}

/// What the program said, and its exit code.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl ApiFixture {
    pub(crate) async fn open() -> Self {
        let server = EmbeddedPostgres::temporary(Durability::OffForTests)
            .await
            .unwrap();
        let fixture = Self { server };
        let migrated = fixture.run("migrate --shards 4");
        assert_eq!(migrated.code, Some(0), "{migrated:?}");
        fixture
    }

    pub(crate) fn run(&self, line: &str) -> Said {
        run(
            line,
            &[
                ("HOLDFAST_DATABASE_URL", &self.server.url()),
                ("USER", "olga"),
            ],
        )
    }

    /// The JSON that a command prints.
    pub(crate) fn json(&self, line: &str) -> Value {
        let said = self.run(&format!("{line} --json"));
        assert_eq!(said.code, Some(0), "{line}: {said:?}");
        serde_json::from_str(&said.out).unwrap()
    }

    /// Changes an account's books in one unit, with the events that are returned.
    pub(crate) async fn book(
        &self,
        account: &str,
        change: impl FnOnce(&mut Account) -> Vec<Event>,
    ) {
        let store = Store::connect(&StoreOptions::new(self.server.url(), "test"))
            .await
            .unwrap();
        let only = BTreeSet::from([AccountToken::parse(account).unwrap()]);
        let mut unit = store.begin().await.unwrap();
        unit.lock_accounts(&only, Locked::Wait).await.unwrap();
        let wanted = Wanted {
            accounts: only,
            ..Wanted::default()
        };
        let known = unit.read_known(&wanted).await.unwrap();
        let mut book = known.accounts.into_values().next().unwrap();
        let events = change(&mut book);
        unit.write_books([&book]).await.unwrap();
        if !events.is_empty() {
            unit.append_events(&events).await.unwrap();
        }
        unit.commit().await.unwrap();
        store.close().await;
    }
}

pub(crate) fn run(line: &str, settings: &[(&str, &str)]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_holdfast"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HOLDFAST_")) {
        command.env_remove(name);
    }
    command.args(line.split(' ')).envs(settings.iter().copied());
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said {
        code: status.code(),
        out: text(stdout),
        err: text(stderr),
    }
}
