//! Reading the audit.

use super::{AuditAction, AuditObject};
use crate::{Store, StoreError, json};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;

/// Which rows are listed; what is `None` does not filter.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// About this account.
    pub account: Option<AccountToken>,
    /// By the operator of this name.
    pub operator: Option<String>,
    /// This was done.
    pub action: Option<AuditAction>,
    /// To something of this kind.
    pub object: Option<AuditObject>,
    /// At this time or later.
    pub since: Option<Moment>,
    /// Older than the row of this name, where an earlier page ended.
    pub before: Option<uuid::Uuid>,
    /// At most so many.
    pub limit: u32,
}

/// A recorded change; words of a newer version may be unknown here.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// Its name; names are in order of time.
    pub id: uuid::Uuid,
    /// The account concerned.
    pub account: Option<String>,
    /// Name of the operator.
    pub operator: String,
    /// The operator's role.
    pub role: String,
    /// Where the command came from.
    pub address: Option<String>,
    /// What was done.
    pub action: String,
    /// To what.
    pub object: String,
    /// The name of that.
    pub name: String,
    /// As it was before, JSON.
    pub before: Option<String>,
    /// As it was after, JSON.
    pub after: Option<String>,
    /// Why, in the operator's words.
    pub reason: Option<String>,
    at: time::OffsetDateTime,
}

impl AuditRow {
    /// When it was done.
    #[must_use]
    pub fn at(&self) -> Moment {
        json::moment(self.at)
    }
}

impl Store {
    /// The audit by a filter, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn audit(&self, filter: &AuditFilter) -> Result<Vec<AuditRow>, StoreError> {
        Ok(sqlx::query_as(include_str!("../../sql/list_audit.sql"))
            .bind(filter.account.as_ref().map(AccountToken::as_str))
            .bind(&filter.operator)
            .bind(filter.action.map(AuditAction::as_str))
            .bind(filter.object.map(AuditObject::as_str))
            .bind(filter.since.map(json::time))
            .bind(filter.before)
            .bind(i64::from(filter.limit))
            // A prepared statement would be planned once for all filters, and read the whole table.
            .persistent(false)
            .fetch_all(self.pool())
            .await?)
    }
}
