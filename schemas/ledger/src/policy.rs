//! The program's rules for a hold: how long it lasts, and when credits and disputes become the customer's.

use serde::{Deserialize, Serialize};

/// When a refund or credit authorization becomes the customer's money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum CreditAt {
    /// When it clears; until then it is pending.
    #[default]
    #[serde(rename = "at_clearing")]
    Clearing,
    /// When it is authorized; the clearing gives the difference.
    #[serde(rename = "at_authorization")]
    Authorization,
}

/// Who gets the money of a dispute that was won (reference section 6.17: "by policy").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeWon {
    /// The customer.
    #[default]
    Credit,
    /// The customer if `chargeback.credit_user` says so; what was credited before stays.
    AsStated,
    /// The program; what was credited before stays, the rest remains in suspense until it is moved by hand.
    Keep,
}

impl DisputeWon {
    /// Is the customer credited?
    #[must_use]
    pub fn credits_customer(self, credit_user: Option<bool>) -> bool {
        match self {
            Self::Credit => true,
            Self::AsStated => credit_user == Some(true),
            Self::Keep => false,
        }
    }
}

/// What the program had decided when the hold was opened. Stamped into the hold, so that a change of
/// settings never rewrites the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Days that an authorization is held which says nothing else: neither an expiration nor its own days.
    #[serde(rename = "d")]
    pub hold_days: u16,
    /// When refund authorizations become spendable.
    #[serde(rename = "r", default)]
    pub credit_at: CreditAt,
    /// Who gets the money of disputes that were won.
    #[serde(rename = "w", default)]
    pub dispute_won: DisputeWon,
    /// Once all clearings of a numbered sequence are present, the rest of the hold is released.
    #[serde(rename = "l", default = "release_by_default")]
    pub release_after_last_clearing: bool,
}

fn release_by_default() -> bool {
    true
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            hold_days: 7,
            credit_at: CreditAt::Clearing,
            dispute_won: DisputeWon::Credit,
            release_after_last_clearing: true,
        }
    }
}
