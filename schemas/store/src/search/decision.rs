//! Searching decisions.

use super::{SearchFilter, amount_text};
use crate::decision::StoredOutcome;
use crate::json;
use crate::{Store, StoreError};
use holdfast_ledger::time::Moment;
use serde_json::value::RawValue;

/// Which decisions are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecisionFilter {
    /// By what was requested, and when it was decided.
    pub search: SearchFilter,
    /// With this outcome.
    pub outcome: Option<StoredOutcome>,
    /// Declined for this reason, as the processor writes it.
    pub reason: Option<String>,
    /// Those older than the one of this name.
    pub before: Option<String>,
}

/// A decision that was found.
#[derive(Debug)]
pub struct FoundDecision {
    /// The account it was asked of.
    pub account: String,
    /// The transaction.
    pub transaction: String,
    /// Our name for it.
    pub id: String,
    /// Approved, declined or out of time.
    pub outcome: StoredOutcome,
    /// The reason of a decline.
    pub reason: Option<String>,
    /// The hold that it changed.
    pub hold: Option<String>,
    /// The request's summary, JSON.
    pub request: Box<RawValue>,
    /// When the request came.
    pub received: Moment,
    /// When it was decided.
    pub decided: Moment,
}

#[derive(sqlx::FromRow)]
struct FoundDecisionRow {
    account: String,
    token: String,
    id: String,
    outcome: String,
    reason: Option<String>,
    hold: Option<String>,
    summary: String,
    received_at: time::OffsetDateTime,
    decided_at: time::OffsetDateTime,
}

impl FoundDecisionRow {
    fn into_decision(self) -> Result<FoundDecision, StoreError> {
        let summary = RawValue::from_string(self.summary);
        Ok(FoundDecision {
            outcome: StoredOutcome::parse(&self.outcome)
                .ok_or_else(|| json::unreadable_value("outcome", &self.outcome))?,
            request: summary.map_err(|error| json::unreadable_value("summary", &error))?,
            account: self.account,
            transaction: self.token,
            id: self.id,
            reason: self.reason,
            hold: self.hold,
            received: json::moment(self.received_at),
            decided: json::moment(self.decided_at),
        })
    }
}

impl Store {
    /// Decisions by a filter, newest first.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn search_decisions(
        &self,
        filter: &DecisionFilter,
    ) -> Result<Vec<FoundDecision>, StoreError> {
        let search = &filter.search;
        let rows: Vec<FoundDecisionRow> =
            sqlx::query_as(include_str!("../../sql/list_decisions.sql"))
                .bind(search.since())
                .bind(search.until())
                .bind(search.account())
                .bind(filter.outcome.map(StoredOutcome::as_str))
                .bind(filter.reason.as_deref())
                .bind(search.card())
                .bind(search.merchant.as_deref())
                .bind(amount_text(search.amount_min))
                .bind(amount_text(search.amount_max))
                .bind(filter.before.as_deref())
                .bind(i64::from(search.limit))
                // A prepared statement would be planned once for all filters.
                .persistent(false)
                .fetch_all(self.pool())
                .await?;
        rows.into_iter()
            .map(FoundDecisionRow::into_decision)
            .collect()
    }
}
