//! The program's settings, as `PUT /api/v1/program` takes them.

use holdfast_ledger::control::{ControlSet, NoZone, Zone};
use holdfast_ledger::fact::{Kind, Message};
use holdfast_ledger::hold::{HoldDays, MccRange, industry_days_by_mcc};
use holdfast_ledger::money::Amount;
use holdfast_ledger::policy::{CreditAt, DisputeWon, Policy};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the front answers when it cannot decide in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeoutPolicy {
    /// 402: Marqeta declines the purchase.
    #[default]
    Decline,
    /// 503: Marqeta's stand-in may decide.
    Error,
}

impl TimeoutPolicy {
    /// As the settings write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Decline => "decline",
            Self::Error => "error",
        }
    }
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

/// The decline reason when a control denies a merchant, by its number and not by its category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MerchantDeclineReason {
    /// `TRANSACTION_NOT_PERMITTED`, as of every other control.
    #[default]
    TransactionNotPermitted,
    /// `INVALID_MERCHANT`.
    InvalidMerchant,
}

/// What is answered when the network asks which product a card offers (reference section 3.7, `flex`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductInquiry {
    /// 200 for a good account and card: Marqeta's own choice stands.
    #[default]
    Approve,
    /// 402: the program takes no part in it.
    Decline,
}

/// The name of a time zone that the IANA database knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ZoneName(Zone);

impl Default for ZoneName {
    fn default() -> Self {
        Self(Zone::utc())
    }
}

impl ZoneName {
    /// The time zone.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.0.clone()
    }
}

impl TryFrom<String> for ZoneName {
    type Error = NoZone;

    fn try_from(name: String) -> Result<Self, NoZone> {
        Zone::parse(&name).map(Self)
    }
}

impl From<ZoneName> for String {
    fn from(name: ZoneName) -> Self {
        name.0.name().to_owned()
    }
}

/// The settings of the program. Fields that are absent have their defaults. Those that are not known are passed
/// over: while a newer program is rolled out, older ones read the settings that it has written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProgramSettings {
    /// May a purchase be approved for less than was asked, where the terminal can take it?
    pub partial_approval: bool,
    /// When refund authorizations become spendable.
    pub refund_authorization_credit: CreditAt,
    /// Days that an authorization without an expiration of its own is held.
    pub hold_days: u16,
    /// The same by merchant category code or range, where it differs: `{"7011": 30, "3501-3790": 30}`.
    pub hold_days_by_mcc: BTreeMap<MccRange, u16>,
    /// The same by transaction type, before the category: `{"refund.authorization": 10}`.
    pub hold_days_by_type: BTreeMap<String, u16>,
    /// The same for a status check of 0 or 1 at a fuel pump (MCC 5541, 5542).
    pub hold_days_status_check: u16,
    /// Who gets the money of a dispute that was won.
    pub dispute_won: DisputeWon,
    /// Points of 100 from which a force capture is matched to a purchase; above 100 none is.
    pub force_capture_match_score: u8,
    /// Days after its authorization in which a force capture is matched to it.
    pub force_capture_match_days: u16,
    /// Release the rest of a hold once all clearings of a numbered sequence are there, also where none is final.
    pub release_after_last_clearing: bool,
    /// A clearing alerts that is above its hold by more than this factor and more than the amount below.
    pub clearing_above_hold_factor: u16,
    /// In the currency of the clearing.
    pub clearing_above_hold_amount: Amount,
    /// What the front answers when it cannot decide in time.
    pub timeout_policy: TimeoutPolicy,
    /// What authorization controls mean.
    pub authorization_control_default: ControlDefault,
    /// The decline reason when a control denies a merchant by its number, or by a group of merchants.
    pub merchant_decline_reason: MerchantDeclineReason,
    /// Book credits that carry no JIT block. By default they are Marqeta's own balance's
    /// (`refunds_destination` GPA): alerted, not booked.
    pub book_credits_without_jit: bool,
    /// Does a user or business that is suspended or closed at Marqeta decline its purchases here, too?
    pub honor_account_transitions: bool,
    /// What product inquiries are answered.
    pub product_inquiry: ProductInquiry,
    /// Where the days of spending limits begin, such as `Europe/Prague`.
    pub time_zone: ZoneName,
}

impl Default for ProgramSettings {
    fn default() -> Self {
        Self {
            partial_approval: false,
            refund_authorization_credit: CreditAt::Clearing,
            hold_days: Policy::default().hold_days,
            hold_days_by_mcc: industry_days_by_mcc(),
            hold_days_by_type: BTreeMap::new(),
            hold_days_status_check: 1,
            dispute_won: DisputeWon::Credit,
            force_capture_match_score: 70,
            force_capture_match_days: 10,
            release_after_last_clearing: true,
            clearing_above_hold_factor: 2,
            clearing_above_hold_amount: Amount::from_units(100),
            timeout_policy: TimeoutPolicy::Decline,
            authorization_control_default: ControlDefault::Allow,
            merchant_decline_reason: MerchantDeclineReason::TransactionNotPermitted,
            book_credits_without_jit: false,
            honor_account_transitions: true,
            product_inquiry: ProductInquiry::Approve,
            time_zone: ZoneName::default(),
        }
    }
}

impl ProgramSettings {
    /// The policy that is stamped into a hold when it is opened.
    #[must_use]
    pub fn policy(&self) -> Policy {
        Policy {
            hold_days: self.hold_days,
            credit_at: self.refund_authorization_credit,
            dispute_won: self.dispute_won,
            release_after_last_clearing: self.release_after_last_clearing,
        }
    }

    /// Stamps into an authorization how many days it lasts, if the network does not say, and what is set
    /// aside beyond its amount. Both are stamped into the message and not the hold, because a clearing that
    /// comes first says nothing of them.
    pub fn stamp(
        &self,
        message: &mut Message,
        transaction_type: &str,
        mcc: Option<&str>,
        controls: &ControlSet,
    ) {
        let fact = &mut message.fact;
        if fact.kind.authorizes() && fact.expiration.is_none() {
            let of_group = mcc.and_then(|mcc| controls.hold_days(mcc));
            let days = self
                .default_hold_days()
                .of(transaction_type, mcc, of_group, fact.amount);
            fact.days = Some(days);
        }
        if fact.kind == Kind::Original && !fact.amount.is_zero() {
            let increase = mcc.and_then(|mcc| controls.hold_increase(mcc));
            let decimals = fact.currency.exponent();
            let more =
                increase.and_then(|increase| increase.increase_of(fact.amount, decimals).ok());
            fact.increase = more.unwrap_or(Amount::ZERO);
        }
    }

    fn default_hold_days(&self) -> HoldDays<'_> {
        HoldDays {
            usual: self.hold_days,
            by_type: &self.hold_days_by_type,
            by_mcc: &self.hold_days_by_mcc,
            status_check: self.hold_days_status_check,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_a_newer_program_are_read_by_an_older_one() {
        let newer = r#"{"hold_days":9,"hold_weeks":{"hotel":4}}"#;
        let read: ProgramSettings = serde_json::from_str(newer).unwrap();
        let wanted = ProgramSettings {
            hold_days: 9,
            ..ProgramSettings::default()
        };
        assert_eq!(read, wanted);
    }
}
