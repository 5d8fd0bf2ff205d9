//! Reading a transaction's record.

use super::TransactionRecord;
use crate::{Store, StoreError, json};
use holdfast_ledger::fact::Fact;
use holdfast_ledger::fold::Standing;
use holdfast_ledger::hold::Hold;
use holdfast_ledger::policy::Policy;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{HoldId, TransactionToken};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use sqlx::types::Json;

type Column = Option<Json<Box<RawValue>>>;

#[derive(Deserialize)]
struct HoldRow {
    account: String,
    id: HoldId,
    policy: Policy,
    facts: Vec<Fact>,
    standing: Standing,
    opened: Moment,
}

impl Store {
    /// Everything that is known of a transaction; empty when nothing is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn transaction(
        &self,
        token: &TransactionToken,
    ) -> Result<TransactionRecord, StoreError> {
        let columns: (Column, Column, Column, Column, Column, Column) =
            sqlx::query_as(include_str!("../../sql/read_transaction.sql"))
                .bind(token.as_str())
                .fetch_one(self.pool())
                .await?;
        let [decisions, notifications, holds, events, alerts, disputes]: [Column; 6] =
            columns.into();
        let holds: Vec<HoldRow> = rows("hold", holds)?;
        Ok(TransactionRecord {
            decisions: rows("decision", decisions)?,
            notifications: rows("notification", notifications)?,
            holds: holds.into_iter().map(HoldRow::hold).collect(),
            events: rows("event", events)?,
            alerts: rows("alert", alerts)?,
            disputes: rows("dispute", disputes)?,
        })
    }
}

fn rows<T: DeserializeOwned>(what: &'static str, column: Column) -> Result<Vec<T>, StoreError> {
    json::read(what, column.as_ref().map(|json| &*json.0))
}

impl HoldRow {
    fn hold(self) -> (String, Hold) {
        let hold = Hold {
            id: self.id,
            policy: self.policy,
            opened: self.opened,
            facts: self.facts,
            standing: self.standing,
            merged_into: None,
        };
        (self.account, hold)
    }
}
