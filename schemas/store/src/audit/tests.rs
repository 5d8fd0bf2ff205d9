//! The audit on a real Postgres.

use super::*;
use crate::{Store, StoreOptions};
use holdfast_ledger::shard::ShardCount;
use holdfast_local::{Durability, EmbeddedPostgres};

fn audit_of(operator: &str, account: Option<&str>, action: AuditAction) -> NewAudit {
    NewAudit {
        account: account.map(|token| AccountToken::parse(token).unwrap()),
        operator: operator.to_owned(),
        role: "admin".to_owned(),
        address: Some("10.0.0.7".to_owned()),
        action,
        object: AuditObject::Account,
        name: account.unwrap_or("program").to_owned(),
        before: None,
        after: Some(r#"{"state": "active"}"#.to_owned()),
        reason: Some("asked for".to_owned()),
        at: Moment(1_800_000_000_000),
    }
}

async fn operators_of(store: &Store, filter: AuditFilter) -> Vec<String> {
    let filter = AuditFilter { limit: 9, ..filter };
    let rows = store.audit(&filter).await.unwrap();
    rows.into_iter().map(|row| row.operator).collect()
}

#[tokio::test]
async fn the_audit_is_listed_by_filters_and_never_rewritten() {
    let server = EmbeddedPostgres::temporary(Durability::OffForTests);
    let server = server.await.unwrap();
    let options = StoreOptions::new(server.url(), "holdfast-audit-tests");
    let store = Store::migrate(&options, ShardCount::DEFAULT).await.unwrap();
    for row in [
        audit_of("ann", Some("alice"), AuditAction::Created),
        audit_of("bob", Some("alice"), AuditAction::Changed),
        audit_of("cid", None, AuditAction::Changed),
    ] {
        let mut unit = store.begin().await.unwrap();
        unit.write_audit(&row).await.unwrap();
        unit.commit().await.unwrap();
    }
    let mut unit = store.begin().await.unwrap();
    let lost = audit_of("dan", None, AuditAction::Changed);
    unit.write_audit(&lost).await.unwrap();
    unit.roll_back().await.unwrap();

    let all = AuditFilter::default();
    assert_eq!(
        operators_of(&store, all.clone()).await,
        ["cid", "bob", "ann"]
    );
    let account = AccountToken::parse("alice").ok();
    let of_alice = AuditFilter {
        account,
        ..all.clone()
    };
    assert_eq!(operators_of(&store, of_alice).await, ["bob", "ann"]);
    let by_ann = AuditFilter {
        operator: Some("ann".to_owned()),
        ..all.clone()
    };
    assert_eq!(operators_of(&store, by_ann).await, ["ann"]);
    let changed = AuditFilter {
        action: Some(AuditAction::Changed),
        ..all.clone()
    };
    assert_eq!(operators_of(&store, changed).await, ["cid", "bob"]);
    let later = AuditFilter {
        since: Some(Moment(1_800_000_000_001)),
        ..all.clone()
    };
    assert!(operators_of(&store, later).await.is_empty());
    let newest = AuditFilter {
        limit: 1,
        ..all.clone()
    };
    let newest = store.audit(&newest).await.unwrap().remove(0);
    let older = AuditFilter {
        before: Some(newest.id),
        ..all
    };
    assert_eq!(operators_of(&store, older).await, ["bob", "ann"]);

    for statement in [
        "update audit set operator = 'eve'",
        "delete from audit",
        "truncate audit",
    ] {
        let refused = sqlx::query(statement).execute(store.pool()).await;
        let refused = refused.unwrap_err().to_string();
        assert!(
            refused.contains("append-only") || refused.contains("permission denied"),
            "{statement}: {refused}"
        );
    }
    store.close().await;
    server.stop().await.unwrap();
}
