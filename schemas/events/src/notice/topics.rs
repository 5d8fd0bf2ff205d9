//! The part of a notification that each topic publishes.

use super::{Notice, NoticeClearing, NoticeOrigin, NoticePurchase, NoticeSettlement};
use schemars::JsonSchema;
use serde::Serialize;

/// A notification that moves money finally.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Clearing<'a> {
    /// The transaction's token; with the state it identifies the notification.
    transaction: &'a str,
    /// The transaction's state, such as `COMPLETION`.
    state: &'a str,
    /// The processor's transaction type.
    #[serde(rename = "type")]
    transaction_type: &'a str,
    /// When the notification was accepted.
    #[schemars(extend("format" = "date-time"))]
    accepted_at: &'a str,
    #[serde(flatten)]
    origin: &'a NoticeOrigin,
    #[serde(flatten)]
    purchase: &'a NoticePurchase,
    #[serde(flatten)]
    settlement: &'a NoticeSettlement,
    #[serde(flatten)]
    clearing: &'a NoticeClearing,
}

/// A notification that shrinks or drops a hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reversal<'a> {
    /// The transaction's token; with the state it identifies the notification.
    transaction: &'a str,
    /// The transaction's state, such as `COMPLETION`.
    state: &'a str,
    /// The processor's transaction type.
    #[serde(rename = "type")]
    transaction_type: &'a str,
    /// When the notification was accepted.
    #[schemars(extend("format" = "date-time"))]
    accepted_at: &'a str,
    #[serde(flatten)]
    origin: &'a NoticeOrigin,
    #[serde(flatten)]
    purchase: &'a NoticePurchase,
    #[serde(flatten)]
    settlement: &'a NoticeSettlement,
}

/// Any other notification: confirmations, transitions of cards and users, unknown types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OtherNotice<'a> {
    /// The transaction's or transition's token; with the state it identifies the notification.
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction: Option<&'a str>,
    /// The state, such as `COMPLETION`; some transitions have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'a str>,
    /// Type of the transaction or transition.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    transaction_type: Option<&'a str>,
    /// When the notification was accepted.
    #[schemars(extend("format" = "date-time"))]
    accepted_at: &'a str,
    #[serde(flatten)]
    origin: &'a NoticeOrigin,
    #[serde(flatten)]
    purchase: &'a NoticePurchase,
}

impl Notice {
    /// What `jit.clearings.v1` publishes of it.
    #[must_use]
    pub fn to_clearing<'a>(&'a self, accepted_at: &'a str) -> Clearing<'a> {
        let [transaction, state, transaction_type] = self.names();
        Clearing {
            transaction,
            state,
            transaction_type,
            accepted_at,
            origin: &self.origin,
            purchase: &self.purchase,
            settlement: &self.settlement,
            clearing: &self.clearing,
        }
    }

    /// What `jit.reversals.v1` publishes of it.
    #[must_use]
    pub fn to_reversal<'a>(&'a self, accepted_at: &'a str) -> Reversal<'a> {
        let [transaction, state, transaction_type] = self.names();
        Reversal {
            transaction,
            state,
            transaction_type,
            accepted_at,
            origin: &self.origin,
            purchase: &self.purchase,
            settlement: &self.settlement,
        }
    }

    /// What `jit.notices.v1` publishes of it.
    #[must_use]
    pub fn to_other_notice<'a>(&'a self, accepted_at: &'a str) -> OtherNotice<'a> {
        OtherNotice {
            transaction: self.transaction.as_deref(),
            state: self.state.as_deref(),
            transaction_type: self.transaction_type.as_deref(),
            accepted_at,
            origin: &self.origin,
            purchase: &self.purchase,
        }
    }

    /// Token, state and type; a card transaction has them.
    fn names(&self) -> [&str; 3] {
        [&self.transaction, &self.state, &self.transaction_type]
            .map(|name| name.as_deref().unwrap_or_default())
    }
}
