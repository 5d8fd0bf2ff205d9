//! Decisions and applied notifications: is the hold there that they changed?

use super::{Difference, Verification};
use crate::json::{self, JsonColumn};
use crate::{Store, StoreError};
use serde::Deserialize;

/// Rows looked at in one statement.
const PAGE: i64 = 10_000;

#[derive(Deserialize)]
struct ReferencePlace {
    token: String,
    #[serde(default)]
    state: String,
    account: String,
}

#[derive(Deserialize)]
struct LostReference {
    token: String,
    account: String,
    hold: String,
}

pub(super) async fn verify(store: &Store, found: &mut Verification) -> Result<(), StoreError> {
    verify_decisions(store, found).await?;
    verify_notifications(store, found).await
}

async fn verify_decisions(store: &Store, found: &mut Verification) -> Result<(), StoreError> {
    let mut after = (String::new(), String::new());
    loop {
        let (last, lost): (JsonColumn, JsonColumn) =
            sqlx::query_as(include_str!("../../sql/verify_decisions.sql"))
                .bind(&after.0)
                .bind(&after.1)
                .bind(PAGE)
                .fetch_one(store.pool())
                .await?;
        report_lost(found, "decision_hold", &lost)?;
        let Some(last) = read_place(&last)? else {
            return Ok(());
        };
        after = (last.token, last.account);
    }
}

async fn verify_notifications(store: &Store, found: &mut Verification) -> Result<(), StoreError> {
    let mut after = (String::new(), String::new(), String::new());
    loop {
        let (last, lost): (JsonColumn, JsonColumn) =
            sqlx::query_as(include_str!("../../sql/verify_notifications.sql"))
                .bind(&after.0)
                .bind(&after.1)
                .bind(&after.2)
                .bind(PAGE)
                .fetch_one(store.pool())
                .await?;
        report_lost(found, "notification_hold", &lost)?;
        let Some(last) = read_place(&last)? else {
            return Ok(());
        };
        after = (last.token, last.state, last.account);
    }
}

fn read_place(last: &JsonColumn) -> Result<Option<ReferencePlace>, StoreError> {
    json::read_column("place", last)
}

fn report_lost(
    found: &mut Verification,
    what: &'static str,
    lost: &JsonColumn,
) -> Result<(), StoreError> {
    let lost: Vec<LostReference> = json::read_column("reference", lost)?;
    for row in lost {
        found.differs(Difference {
            what,
            account: Some(row.account),
            subject: Some(row.token),
            currency: None,
            stored: format!("hold {}", row.hold),
            recomputed: "no such hold, or it does not know of this".to_owned(),
        });
    }
    Ok(())
}
