//! Alerts on a real Postgres: filters, pages, plans and acknowledgements.

use super::{Alert, AlertFilter, NewAlert};
use crate::{Store, StoreOptions, json};
use holdfast_ledger::alert::{AlertAmounts, AlertKind};
use holdfast_ledger::money::{Currency, Signed};
use holdfast_ledger::shard::ShardCount;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, TransactionToken};
use holdfast_local::{Durability, EmbeddedPostgres};
use sqlx::AssertSqlSafe;

fn alert(kind: AlertKind, number: i64) -> NewAlert {
    NewAlert {
        kind,
        account: AccountToken::parse(&format!("a-{}", number % 50)).ok(),
        token: Some(format!("t-{number}")),
        transaction_type: Some("authorization.clearing".to_owned()),
        state: Some("COMPLETION".to_owned()),
        amounts: Some(AlertAmounts {
            currency: Currency::parse("JPY").unwrap(),
            expected: Signed::try_from("500".to_owned()).ok(),
            booked: None,
        }),
        detail: "500 JPY expected".to_owned(),
        at: Moment(1_800_000_000_000 + number),
    }
}

/// A database with this many alerts; every hundredth has another kind than the others.
async fn store_with_alerts(count: i64) -> (EmbeddedPostgres, Store) {
    let server = EmbeddedPostgres::temporary(Durability::OffForTests);
    let server = server.await.unwrap();
    let options = StoreOptions::new(server.url(), "holdfast-alert-tests");
    let store = Store::migrate(&options, ShardCount::DEFAULT).await.unwrap();
    let kind = |number| match number % 100 {
        0 => AlertKind::PostingUndone,
        _ => AlertKind::AdviceDelta,
    };
    let alerts: Vec<NewAlert> = (0..count)
        .map(|number| alert(kind(number), number))
        .collect();
    let mut unit = store.begin().await.unwrap();
    unit.raise_alerts(&alerts).await.unwrap();
    unit.commit().await.unwrap();
    (server, store)
}

fn tokens(alerts: &[Alert]) -> Vec<&str> {
    alerts
        .iter()
        .filter_map(|alert| alert.token.as_deref())
        .collect()
}

fn any(limit: u32) -> AlertFilter {
    AlertFilter {
        limit,
        ..AlertFilter::default()
    }
}

#[tokio::test]
async fn each_filter_selects_its_own_and_pages_continue() {
    let (server, store) = store_with_alerts(300).await;
    let found = store.alerts(&any(2)).await.unwrap();
    assert_eq!(tokens(&found), ["t-299", "t-298"]);
    let next = AlertFilter {
        before: Some(found[1].id),
        ..any(1)
    };
    assert_eq!(tokens(&store.alerts(&next).await.unwrap()), ["t-297"]);
    let of_kind = AlertFilter {
        kind: Some(AlertKind::PostingUndone),
        ..any(9)
    };
    let found = store.alerts(&of_kind).await.unwrap();
    assert_eq!(tokens(&found), ["t-200", "t-100", "t-0"]);
    let of_account = AlertFilter {
        account: AccountToken::parse("a-7").ok(),
        since: Some(Moment(1_800_000_000_207)),
        ..any(9)
    };
    let found = store.alerts(&of_account).await.unwrap();
    assert_eq!(tokens(&found), ["t-257", "t-207"]);
    let of_transaction = AlertFilter {
        transaction: TransactionToken::parse("t-8").ok(),
        ..any(9)
    };
    let found = store.alerts(&of_transaction).await.unwrap();
    assert_eq!(found.len(), 1);
    let raised = alert(AlertKind::AdviceDelta, 8);
    assert_eq!(found[0].amounts, raised.amounts);
    assert_eq!(
        (found[0].state.clone(), found[0].raised),
        (raised.state, raised.at)
    );
    assert_eq!(found[0].transaction_type, raised.transaction_type);
    assert_eq!(found[0].severity, "info");
    assert_eq!(
        store.alert(found[0].id).await.unwrap().as_ref(),
        Some(&found[0])
    );
    store.close().await;
    server.stop().await.unwrap();
}

async fn acknowledge(
    store: &Store,
    id: uuid::Uuid,
    note: (&str, &str),
    now: Moment,
) -> Result<Option<Alert>, crate::StoreError> {
    let mut unit = store.begin().await?;
    let alert = unit.acknowledge_alert(id, note, now).await?;
    unit.commit().await?;
    Ok(alert)
}

#[tokio::test]
async fn the_first_acknowledgement_stays_and_leaves_the_open_list() {
    let (server, store) = store_with_alerts(2).await;
    let id = store.alerts(&any(1)).await.unwrap()[0].id;
    let now = Moment(1_900_000_000_000);
    let (ann, bob) = tokio::join!(
        acknowledge(&store, id, ("ann", "asked Marqeta"), now),
        acknowledge(&store, id, ("bob", "nothing to do"), now),
    );
    let (ann, bob) = (ann.unwrap().unwrap(), bob.unwrap().unwrap());
    assert!(ann.acknowledged.is_some());
    assert_eq!(ann, bob, "both see the same one");
    let late = acknowledge(&store, id, ("cid", "late"), Moment(2_000_000_000_000));
    assert_eq!(late.await.unwrap().unwrap(), ann);
    assert_eq!(tokens(&store.alerts(&any(9)).await.unwrap()), ["t-0"]);
    let all = AlertFilter {
        with_acknowledged: true,
        ..any(9)
    };
    assert_eq!(store.alerts(&all).await.unwrap()[0], ann);
    let unknown = acknowledge(&store, uuid::Uuid::now_v7(), ("ann", "x"), now);
    assert_eq!(unknown.await.unwrap(), None);
    store.close().await;
    server.stop().await.unwrap();
}

/// The plan of the list, as Postgres makes it for these values.
async fn plan_of(store: &Store, filter: &AlertFilter) -> String {
    let explained = concat!("explain ", include_str!("../../sql/list_alerts.sql"));
    let lines: Vec<String> = sqlx::query_scalar(AssertSqlSafe(explained))
        .bind(filter.kind.map(AlertKind::as_str))
        .bind(filter.account.as_ref().map(AccountToken::as_str))
        .bind(filter.transaction.as_ref().map(TransactionToken::as_str))
        .bind(filter.since.map(json::time))
        .bind(filter.with_acknowledged)
        .bind(filter.before)
        .bind(i64::from(filter.limit))
        .persistent(false)
        .fetch_all(store.pool())
        .await
        .unwrap();
    lines.join("\n")
}

#[tokio::test]
async fn each_filter_is_answered_through_its_index() {
    let (server, store) = store_with_alerts(5_000).await;
    sqlx::query("vacuum analyze alert")
        .execute(store.pool())
        .await
        .unwrap();
    let kind = Some(AlertKind::PostingUndone);
    let account = AccountToken::parse("a-7").ok();
    let transaction = TransactionToken::parse("t-8").ok();
    let all = || AlertFilter {
        with_acknowledged: true,
        ..any(9)
    };
    let last = store.alerts(&all()).await.unwrap()[0].id;
    for (filter, index) in [
        (any(9), "alert_open"),
        (all(), "alert_raised"),
        (
            AlertFilter {
                before: Some(last),
                ..all()
            },
            "alert_raised",
        ),
        (AlertFilter { kind, ..all() }, "alert_kind"),
        (AlertFilter { account, ..all() }, "alert_account"),
        (
            AlertFilter {
                transaction,
                ..all()
            },
            "alert_token",
        ),
    ] {
        let plan = plan_of(&store, &filter).await;
        assert!(plan.contains(&format!(" {index} ")), "{index}: {plan}");
        assert!(
            !plan.contains("Seq Scan") && !plan.contains("Sort"),
            "{index}: {plan}"
        );
    }
    store.close().await;
    server.stop().await.unwrap();
}
