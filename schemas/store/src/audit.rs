//! The audit: who changed what by a command. It is written in the transaction of the change, and never
//! rewritten.

mod action;
mod read;

pub use action::{AuditAction, AuditObject};
pub use read::{AuditFilter, AuditRow};

use crate::unit::Unit;
use crate::{StoreError, json};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;

/// One change that is to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAudit {
    /// The account concerned.
    pub account: Option<AccountToken>,
    /// Name of the operator.
    pub operator: String,
    /// The operator's role.
    pub role: String,
    /// Where the command came from.
    pub address: Option<String>,
    /// What was done.
    pub action: AuditAction,
    /// To what.
    pub object: AuditObject,
    /// The name of that.
    pub name: String,
    /// What changed, as it was before, JSON; `None` for what is new.
    pub before: Option<String>,
    /// The same after the change; `None` for what is deleted.
    pub after: Option<String>,
    /// Why, in the operator's words.
    pub reason: Option<String>,
    /// When.
    pub at: Moment,
}

impl Unit {
    /// Records a change. Comes before [`Unit::append_events`].
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn write_audit(&mut self, audit: &NewAudit) -> Result<(), StoreError> {
        let account = audit.account.as_ref().map(AccountToken::as_str);
        sqlx::query(include_str!("../sql/insert_audit.sql"))
            .bind(uuid::Uuid::now_v7())
            .bind(self.shards.of_key(account.unwrap_or(&audit.name)).0)
            .bind(account)
            .bind(&audit.operator)
            .bind(&audit.role)
            .bind(&audit.address)
            .bind(audit.action.as_str())
            .bind(audit.object.as_str())
            .bind(&audit.name)
            .bind(&audit.before)
            .bind(&audit.after)
            .bind(&audit.reason)
            .bind(json::time(audit.at))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
