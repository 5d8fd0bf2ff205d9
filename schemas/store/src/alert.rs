//! Alerts: what needs review by a person.

use crate::{Store, StoreError, json};
use holdfast_ledger::alert::{AlertAmounts, AlertKind};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;

/// An alert that is to be raised.
#[derive(Debug, Clone)]
pub struct NewAlert {
    /// Which kind; also a label of the counter.
    pub kind: AlertKind,
    /// The account concerned.
    pub account: Option<AccountToken>,
    /// The transaction concerned.
    pub token: Option<String>,
    /// Its transaction type.
    pub transaction_type: Option<String>,
    /// Its state.
    pub state: Option<String>,
    /// What was to be expected, and what was booked.
    pub amounts: Option<AlertAmounts>,
    /// One sentence about what happened, without personal data.
    pub detail: String,
    /// When.
    pub at: Moment,
}

/// An alert that was raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Its name.
    pub id: uuid::Uuid,
    /// Which kind, in snake case.
    pub kind: String,
    /// The account concerned.
    pub account: Option<String>,
    /// The transaction concerned.
    pub token: Option<String>,
    /// One sentence for the operator.
    pub detail: String,
    /// When it was raised.
    pub raised: Moment,
}

type Row = (
    uuid::Uuid,
    String,
    Option<String>,
    Option<String>,
    String,
    time::OffsetDateTime,
);

impl Store {
    /// At most `limit` alerts, newest first, from the one before `before`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn alerts(
        &self,
        before: Option<uuid::Uuid>,
        limit: u32,
    ) -> Result<Vec<Alert>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(include_str!("../sql/list_alerts.sql"))
            .bind(before)
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        let alert = |(id, kind, account, token, detail, raised): Row| Alert {
            id,
            kind,
            account,
            token,
            detail,
            raised: json::moment(raised),
        };
        Ok(rows.into_iter().map(alert).collect())
    }
}
