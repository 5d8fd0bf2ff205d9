//! `program.changes.v1`: what readers join with. The newest record of a key says the state of its object.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An account, card, control, group, rule or setting changed. The key is the account's token for an account, else
/// the object and its name, as in `card/blue`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProgramChange {
    /// What changed: `account`, `card`, `velocity_control`, `authorization_control`, `exempt_mid`, `mcc_group`,
    /// `merchant_group`, `rules` or `settings`.
    pub object: String,
    /// Its name: a token; for rules `program`, `account:TOKEN` or `card:TOKEN`; for settings `program`.
    pub name: String,
    /// The account concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// `created`, `changed` or `deleted`.
    pub action: String,
    /// The operator who changed it; absent where a notification of the processor did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ChangedBy>,
    /// Why, in the operator's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The whole state after the change; absent for what is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<Map<String, Value>>,
}

/// The operator who changed something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangedBy {
    /// The operator's name.
    pub operator: String,
    /// The operator's role.
    pub role: String,
}
