//! The two shapes in which statements return a hold.

use crate::{StoreError, json};
use holdfast_ledger::fact::Fact;
use holdfast_ledger::fold::Standing;
use holdfast_ledger::hold::Hold;
use holdfast_ledger::policy::Policy;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId};
use serde::Deserialize;

/// A hold as columns.
#[derive(sqlx::FromRow)]
pub(crate) struct HoldRow {
    pub(crate) account: String,
    pub(crate) id: String,
    policy: String,
    facts: String,
    standing: String,
    opened_at: time::OffsetDateTime,
    merged_into: Option<String>,
}

impl HoldRow {
    /// Reads the hold and its account.
    pub(crate) fn read(&self) -> Result<(AccountToken, Hold), StoreError> {
        let hold = Hold {
            id: json::hold_id(&self.id)?,
            policy: json::parse("policy", &self.policy)?,
            opened: json::moment(self.opened_at),
            facts: json::parse("facts", &self.facts)?,
            standing: json::parse("standing", &self.standing)?,
            merged_into: self.merged_into.as_deref().map(json::hold_id).transpose()?,
        };
        Ok((json::account_token(&self.account)?, hold))
    }

    /// Reads the holds of rows that are all of one account.
    pub(crate) fn read_holds(rows: &[Self]) -> Result<Vec<Hold>, StoreError> {
        rows.iter()
            .map(|row| row.read().map(|(_, hold)| hold))
            .collect()
    }
}

/// A hold as an element of a JSON column.
#[derive(Deserialize)]
pub(crate) struct HoldJson {
    account: AccountToken,
    id: HoldId,
    policy: Policy,
    facts: Vec<Fact>,
    standing: Standing,
    #[serde(default)]
    merged_into: Option<HoldId>,
    opened: Moment,
}

impl HoldJson {
    /// The hold and its account.
    pub(crate) fn into_hold(self) -> (AccountToken, Hold) {
        let hold = Hold {
            id: self.id,
            policy: self.policy,
            opened: self.opened,
            facts: self.facts,
            standing: self.standing,
            merged_into: self.merged_into,
        };
        (self.account, hold)
    }
}
