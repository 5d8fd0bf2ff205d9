//! The program's settings, as `PUT /api/v1/program` takes them.

use holdfast_ledger::hold::{CreditAt, Policy};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the door answers when it cannot decide in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeoutPolicy {
    /// 402: Marqeta declines the purchase.
    #[default]
    Decline,
    /// 503: Marqeta's stand-in may decide.
    Error,
}

/// What authorization controls mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlDefault {
    /// Everything is allowed that no control denies.
    #[default]
    Allow,
    /// Only what a control allows.
    Deny,
}

/// The settings of the program. Fields that are absent have their defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProgramSettings {
    /// May a purchase be approved for less than was asked, where the terminal can take it?
    pub partial_approval: bool,
    /// When refund authorizations become spendable.
    pub refund_authorization_credit: CreditAt,
    /// Days that an authorization without an expiration of its own is held.
    pub hold_days: u16,
    /// The same by merchant category code, where it differs: `{"7011": 30}`.
    pub hold_days_by_mcc: BTreeMap<String, u16>,
    /// What the door answers when it cannot decide in time.
    pub timeout_policy: TimeoutPolicy,
    /// What authorization controls mean.
    pub authorization_control_default: ControlDefault,
    /// Book credits that carry no JIT block. By default they are Marqeta's own balance's
    /// (`refunds_destination` GPA): alerted, not booked.
    pub book_credits_without_jit: bool,
}

impl Default for ProgramSettings {
    fn default() -> Self {
        Self {
            partial_approval: false,
            refund_authorization_credit: CreditAt::Clearing,
            hold_days: Policy::default().hold_days,
            hold_days_by_mcc: BTreeMap::new(),
            timeout_policy: TimeoutPolicy::Decline,
            authorization_control_default: ControlDefault::Allow,
            book_credits_without_jit: false,
        }
    }
}

impl ProgramSettings {
    /// The policy that is stamped into a hold opened at a merchant of this category.
    #[must_use]
    pub fn policy(&self, mcc: Option<&str>) -> Policy {
        let by_mcc = mcc.and_then(|mcc| self.hold_days_by_mcc.get(mcc)).copied();
        Policy {
            hold_days: by_mcc.unwrap_or(self.hold_days),
            credit_at: self.refund_authorization_credit,
        }
    }
}
