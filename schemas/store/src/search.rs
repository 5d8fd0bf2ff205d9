//! What operators search for: decisions and notifications, by what they say and when.

mod decision;
mod notification;

pub use decision::{DecisionFilter, FoundDecision};
pub use notification::{FoundNotification, NotificationFilter};

use crate::json;
use holdfast_ledger::money::Amount;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken};

/// What both searches filter by. An absent filter admits everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchFilter {
    /// Of this account.
    pub account: Option<AccountToken>,
    /// By this card.
    pub card: Option<CardToken>,
    /// At the merchant with this number at its acquirer.
    pub merchant: Option<String>,
    /// Of at least this amount, in whatever currency.
    pub amount_min: Option<Amount>,
    /// Of at most this amount, in whatever currency.
    pub amount_max: Option<Amount>,
    /// At this time or later.
    pub since: Option<Moment>,
    /// Before this time.
    pub until: Option<Moment>,
    /// At most so many.
    pub limit: u32,
}

impl SearchFilter {
    fn since(&self) -> time::OffsetDateTime {
        json::time(self.since.unwrap_or(Moment(0)))
    }

    /// The end of the time; far away without one.
    fn until(&self) -> time::OffsetDateTime {
        const LAST: Moment = Moment(253_402_300_799_999);
        json::time(self.until.unwrap_or(LAST))
    }

    fn account(&self) -> Option<&str> {
        self.account.as_ref().map(AccountToken::as_str)
    }

    fn card(&self) -> Option<&str> {
        self.card.as_ref().map(CardToken::as_str)
    }
}

/// The amount as `numeric` reads it.
fn amount_text(amount: Option<Amount>) -> Option<String> {
    amount.map(|amount| amount.value().to_string())
}
