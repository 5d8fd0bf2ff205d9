//! Reading alerts: a list by filters, and one by its name.

use super::{Acknowledgement, Alert};
use crate::{Store, StoreError, json};
use holdfast_ledger::alert::{AlertAmounts, AlertKind};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, TransactionToken};

/// Which alerts are listed; what is `None` does not filter.
#[derive(Debug, Clone, Default)]
pub struct AlertFilter {
    /// Of this kind.
    pub kind: Option<AlertKind>,
    /// About this account.
    pub account: Option<AccountToken>,
    /// About this transaction.
    pub transaction: Option<TransactionToken>,
    /// Raised at this time or later.
    pub since: Option<Moment>,
    /// Also those that are acknowledged.
    pub with_acknowledged: bool,
    /// Older than the alert of this name, where an earlier page ended.
    pub before: Option<uuid::Uuid>,
    /// At most so many.
    pub limit: u32,
}

type Optional = Option<String>;

/// The columns of an alert, in the order in which all statements return them.
pub(super) type AlertRow = (
    uuid::Uuid,
    String,
    String,
    Optional,
    Optional,
    Optional,
    Optional,
    Optional,
    Optional,
    Optional,
    String,
    time::OffsetDateTime,
    Option<time::OffsetDateTime>,
    Optional,
    Optional,
);

impl Alert {
    pub(super) fn from_row(row: AlertRow) -> Result<Self, StoreError> {
        let (id, kind, severity, account, token, transaction_type, state, ..) = row;
        let (.., currency, expected, booked, detail, raised, at, by, note) = row;
        let acknowledgement = |((at, by), note)| Acknowledgement {
            at: json::moment(at),
            by,
            note,
        };
        Ok(Self {
            id,
            kind,
            severity,
            account,
            token,
            transaction_type,
            state,
            amounts: parse_amounts(currency, expected, booked)?,
            detail,
            raised: json::moment(raised),
            acknowledged: at.zip(by).zip(note).map(acknowledgement),
        })
    }
}

fn parse_amounts(
    currency: Optional,
    expected: Optional,
    booked: Optional,
) -> Result<Option<AlertAmounts>, StoreError> {
    let Some(currency) = currency else {
        return Ok(None);
    };
    let amount = |text: Optional| text.as_deref().map(json::signed).transpose();
    Ok(Some(AlertAmounts {
        currency: json::currency(&currency)?,
        expected: amount(expected)?,
        booked: amount(booked)?,
    }))
}

impl Store {
    /// Alerts by a filter, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn alerts(&self, filter: &AlertFilter) -> Result<Vec<Alert>, StoreError> {
        let rows: Vec<AlertRow> = sqlx::query_as(include_str!("../../sql/list_alerts.sql"))
            .bind(filter.kind.map(AlertKind::as_str))
            .bind(filter.account.as_ref().map(AccountToken::as_str))
            .bind(filter.transaction.as_ref().map(TransactionToken::as_str))
            .bind(filter.since.map(json::time))
            .bind(filter.with_acknowledged)
            .bind(filter.before)
            .bind(i64::from(filter.limit))
            // A prepared statement would be planned once for all filters, and read the whole table.
            .persistent(false)
            .fetch_all(self.pool())
            .await?;
        rows.into_iter().map(Alert::from_row).collect()
    }

    /// An alert, if there is one of this name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn alert(&self, id: uuid::Uuid) -> Result<Option<Alert>, StoreError> {
        let row: Option<AlertRow> = sqlx::query_as(include_str!("../../sql/read_alert.sql"))
            .bind(id)
            .fetch_optional(self.pool())
            .await?;
        row.map(Alert::from_row).transpose()
    }
}
