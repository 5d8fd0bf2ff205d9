//! The audit.

use holdfast_events::moment;
use holdfast_store::audit::AuditRow;
use serde::Serialize;
use serde_json::value::RawValue;

/// One change by an operator.
#[derive(Debug, Clone, Serialize)]
pub struct AuditView {
    /// Its ID.
    pub id: uuid::Uuid,
    /// When it was made.
    pub at: String,
    /// Name of the operator.
    pub operator: String,
    /// The operator's role.
    pub role: String,
    /// Where the command came from.
    pub address: Option<String>,
    /// What was done.
    pub action: String,
    /// What was changed.
    pub object: String,
    /// The name of that.
    pub name: String,
    /// The account concerned.
    pub account: Option<String>,
    /// What changed, as it was before.
    pub before: Option<Box<RawValue>>,
    /// The same, after it.
    pub after: Option<Box<RawValue>>,
    /// Why, in the operator's words.
    pub reason: Option<String>,
}

impl From<AuditRow> for AuditView {
    fn from(row: AuditRow) -> Self {
        Self {
            id: row.id,
            at: moment::text(row.at()),
            operator: row.operator,
            role: row.role,
            address: row.address,
            action: row.action,
            object: row.object,
            name: row.name,
            account: row.account,
            before: read_json(row.before),
            after: read_json(row.after),
            reason: row.reason,
        }
    }
}

/// Postgres has checked that it is JSON.
fn read_json(text: Option<String>) -> Option<Box<RawValue>> {
    text.and_then(|text| RawValue::from_string(text).ok())
}
