//! Decisions and applied notifications: is the hold there that they changed?

use super::{Difference, Verification};
use crate::{Store, StoreError, json};
use serde::Deserialize;
use serde_json::value::RawValue;
use sqlx::types::Json;

/// Rows looked at in one statement.
const PAGE: i64 = 10_000;

type Column = Option<Json<Box<RawValue>>>;

#[derive(Deserialize)]
struct Place {
    token: String,
    #[serde(default)]
    state: String,
    account: String,
}

#[derive(Deserialize)]
struct Lost {
    token: String,
    account: String,
    hold: String,
}

pub(super) async fn verify(store: &Store, found: &mut Verification) -> Result<(), StoreError> {
    decisions(store, found).await?;
    notifications(store, found).await
}

async fn decisions(store: &Store, found: &mut Verification) -> Result<(), StoreError> {
    let mut after = (String::new(), String::new());
    loop {
        let (last, lost): (Column, Column) =
            sqlx::query_as(include_str!("../../sql/verify_decisions.sql"))
                .bind(&after.0)
                .bind(&after.1)
                .bind(PAGE)
                .fetch_one(store.pool())
                .await?;
        tell(found, "decision_hold", &lost)?;
        let Some(last) = place(&last)? else {
            return Ok(());
        };
        after = (last.token, last.account);
    }
}

async fn notifications(store: &Store, found: &mut Verification) -> Result<(), StoreError> {
    let mut after = (String::new(), String::new(), String::new());
    loop {
        let (last, lost): (Column, Column) =
            sqlx::query_as(include_str!("../../sql/verify_notifications.sql"))
                .bind(&after.0)
                .bind(&after.1)
                .bind(&after.2)
                .bind(PAGE)
                .fetch_one(store.pool())
                .await?;
        tell(found, "notification_hold", &lost)?;
        let Some(last) = place(&last)? else {
            return Ok(());
        };
        after = (last.token, last.state, last.account);
    }
}

fn place(last: &Column) -> Result<Option<Place>, StoreError> {
    json::read("place", last.as_ref().map(|json| &*json.0))
}

fn tell(found: &mut Verification, what: &'static str, lost: &Column) -> Result<(), StoreError> {
    let lost: Vec<Lost> = json::read("reference", lost.as_ref().map(|json| &*json.0))?;
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
