//! The response to an authorization request, before and after the adapter has written it.

use holdfast_decision::DeclineReason;
use holdfast_ledger::money::{Amount, Currency, Signed};
use std::fmt;

/// What has been decided about a request, for the adapter to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization<'a> {
    /// Approved or declined.
    pub outcome: AuthorizationOutcome,
    /// Our name for the decision, or a word for why there is none.
    pub reference: &'a str,
    /// All balances of the account, for a balance inquiry.
    pub balances: Option<Vec<CurrencyBalance>>,
}

/// Approved or declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthorizationOutcome {
    /// This amount, in the request's currency.
    Approved(Amount),
    /// Nothing, for this reason.
    Declined(DeclineReason),
}

impl<'a> Authorization<'a> {
    /// An approval of this amount.
    #[must_use]
    pub fn approve(amount: Amount, reference: &'a str) -> Self {
        Self {
            outcome: AuthorizationOutcome::Approved(amount),
            reference,
            balances: None,
        }
    }

    /// A decline.
    #[must_use]
    pub fn decline(reason: DeclineReason, reference: &'a str) -> Self {
        Self {
            outcome: AuthorizationOutcome::Declined(reason),
            reference,
            balances: None,
        }
    }
}

/// One currency of an account, as a balance inquiry is answered with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrencyBalance {
    /// Currency of all amounts here.
    pub currency: Currency,
    /// Posted.
    pub posted: Signed,
    /// Posted less held.
    pub available: Signed,
    /// Announced, not yet to be spent.
    pub pending_credit: Amount,
}

/// Writes the response to one request in its processor's format. It keeps what the response repeats of the
/// request.
pub trait Responder: fmt::Debug + Send + Sync {
    /// Status and body; always the same for the same authorization.
    fn respond(&self, authorization: &Authorization<'_>) -> StoredResponse;

    /// The processor's word for a decline reason, as decisions and events show it.
    fn reason_text(&self, reason: DeclineReason) -> &'static str;
}

/// A response as it is sent, and as it is stored so that a repeat gets the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredResponse {
    /// HTTP status.
    pub status: u16,
    /// JSON.
    pub body: String,
}
