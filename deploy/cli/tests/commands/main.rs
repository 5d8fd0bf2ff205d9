//! The operators' commands as an operator runs them: the built program against a real Postgres.

#![expect(clippy::unwrap_used, reason = "a test that cannot continue has failed")]

mod alerts;
mod audit;
mod controls;
mod export;
mod fixture;
mod front;
mod matching;
mod mistakes;
mod usage;
mod why;

use fixture::{ApiFixture, run};
use holdfast_ledger::entry::{self, Layer, Side};
use holdfast_ledger::money::{Amount, Currency};
use serde_json::json;

#[test]
fn a_wrong_line_is_64_and_a_wrong_setting_78() {
    for (line, code) in [
        ("account fly alice", 64),
        ("account credit alice 5.00 XQQ", 64),
        ("hold release", 64),
        ("hold match h-1 --reason none", 64),
        ("hold unmatch h-1", 64),
        ("dlq replay", 64),
        ("alerts --kind no_such_kind", 64),
        ("alerts --since yesterday", 64),
        (
            "alerts acknowledge 019acb3e-6d1c-7bd4-8f02-6a2a7b1f1c11",
            64,
        ),
        ("audit --action made", 64),
        ("control show limit daily", 64),
        ("control put velocity daily", 64),
        ("migrate --shards 0", 64),
        ("why", 64),
        ("account list", 78),
        ("verify --database-url mysql://localhost/x", 78),
        ("--help", 0),
        ("--version", 0),
    ] {
        let said = run(line, &[]);
        assert_eq!(said.code, Some(code), "{line}: {said:?}");
    }
    let missing = run("account list", &[]).err;
    assert_eq!(
        missing,
        "setting HOLDFAST_DATABASE_URL (--database-url) is missing\n"
    );
}

#[test]
fn every_command_has_an_example() {
    for line in [
        "migrate",
        "account list",
        "account show",
        "account create",
        "account close",
        "account suspend",
        "account activate",
        "account credit",
        "account debit",
        "account adjust",
        "account write-off",
        "account entries",
        "card show",
        "card set",
        "control list",
        "control show",
        "control put",
        "control delete",
        "control usage",
        "hold list",
        "hold show",
        "hold release",
        "hold unmatched",
        "hold match",
        "hold unmatch",
        "transaction",
        "why",
        "verify",
        "dlq list",
        "dlq show",
        "dlq replay",
        "alerts",
        "alerts list",
        "alerts show",
        "alerts acknowledge",
        "alerts kinds",
        "audit",
    ] {
        let said = run(&format!("{line} --help"), &[]);
        assert_eq!(said.code, Some(0), "{line}");
        assert!(said.out.contains("Example"), "{line}: {}", said.out);
        assert!(said.out.contains("--json"), "{line}");
    }
}

#[tokio::test]
async fn a_database_is_migrated_and_keeps_its_shards() {
    let fixture = ApiFixture::open().await;
    assert_eq!(fixture.json("migrate")["shards"], 4);
    let other = fixture.run("migrate --shards 8");
    assert_eq!(other.code, Some(1), "{other:?}");
    assert!(other.err.contains("4 shards"), "{other:?}");
    fixture.server.stop().await.unwrap();
}

#[tokio::test]
async fn money_is_moved_and_the_books_are_verified() {
    let fixture = ApiFixture::open().await;
    assert_eq!(fixture.run("account show alice").code, Some(1));
    assert_eq!(
        fixture.json("account create alice --currency USD")["balances"][0]["posted"],
        "0.00"
    );
    assert_eq!(
        fixture.json("account credit alice 20 USD --reference r1")["amount"],
        "20.00"
    );
    let again = fixture.run("account credit alice 20 USD --reference r1");
    assert!(again.out.contains("was already moved"), "{again:?}");
    let other = fixture.run("account credit alice 21 USD --reference r1");
    assert_eq!(
        (other.code, other.err.contains("another content")),
        (Some(1), true),
        "{other:?}"
    );
    assert_eq!(fixture.run("account debit alice 20.01 USD").code, Some(1));
    assert_eq!(fixture.run("account debit alice 5.00 USD").code, Some(0));
    assert_eq!(
        fixture.json("account adjust alice -25.00 USD --reason mistake")["amount"],
        "-25.00"
    );
    let alice = fixture.json("account show alice");
    assert_eq!(alice["balances"][0]["available"], "-10.00");
    let write_off = "account write-off alice 4.00 USD --reference w1 --reason gone";
    assert_eq!(fixture.json(write_off)["amount"], "4.00");
    let again = fixture.run(write_off);
    assert!(again.out.contains("was already written off"), "{again:?}");
    let more = fixture.run("account write-off alice 6.01 USD --reason gone");
    assert_eq!(more.code, Some(1), "{more:?}");
    assert!(more.err.contains("does not owe so much"), "{more:?}");
    let negative = fixture.run("account write-off alice -1.00 USD --reason gone");
    assert_eq!(negative.code, Some(64), "{negative:?}");
    let entries = fixture.json("account entries alice");
    assert_eq!(entries.as_array().unwrap().len(), 4);
    assert_eq!(entries[0]["kind"], "written_off");
    assert_eq!(fixture.json("account list").as_array().unwrap().len(), 1);
    assert_eq!(fixture.json("account suspend alice")["state"], "suspended");
    assert_eq!(fixture.json("account close alice")["state"], "closed");
    assert_eq!(fixture.run("account close bob").code, Some(1));

    assert_eq!(
        fixture.json("card set blue --account alice --state suspended")["state"],
        "suspended"
    );
    assert_eq!(
        fixture.json("card set blue --state active")["operator_state"],
        "active"
    );
    assert_eq!(fixture.run("card show green").code, Some(1));
    for line in [
        "hold list alice",
        "hold unmatched",
        "hold unmatched --account alice --limit 5",
        "dlq list",
        "dlq replay --all",
        "alerts",
        "alerts list",
    ] {
        assert_eq!(fixture.json(line), json!([]), "{line}");
    }
    for line in [
        "hold show h-1",
        "hold release h-1 --reason none",
        "transaction t-1",
    ] {
        assert_eq!(fixture.run(line).code, Some(1), "{line}");
    }
    let verified = fixture.json("verify");
    assert_eq!(
        (&verified["balanced"], &verified["differences"]),
        (&json!(true), &json!([]))
    );
    fixture.server.stop().await.unwrap();
}

#[tokio::test]
async fn books_that_do_not_balance_set_the_exit_code() {
    let fixture = ApiFixture::open().await;
    fixture.json("account create alice --currency USD");
    forget_the_journal(&fixture, "alice", "5.00").await;
    let said = fixture.run("verify");
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(
        said.out.contains("balance_posted") && said.out.contains("do not balance, differences: 1 "),
        "{said:?}"
    );
    fixture.server.stop().await.unwrap();
}

/// Changes a balance without a line in the journal, as a defect would.
async fn forget_the_journal(fixture: &ApiFixture, account: &str, dollars: &str) {
    fixture
        .book(account, |book| {
            let (usd, amount) = (
                Currency::parse("USD").unwrap(),
                Amount::parse(dollars).unwrap(),
            );
            book.post_entries(&entry::entry_pair(
                Side::ProgramFunding,
                Layer::Settled,
                usd,
                amount.credit(),
            ))
            .unwrap();
            Vec::new()
        })
        .await;
}
