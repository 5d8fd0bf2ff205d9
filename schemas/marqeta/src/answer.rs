//! The answer to a JIT request (reference section 4), as the bytes that are stored and sent.

mod reason;
mod shown;
mod text;

pub use reason::DeclineReason;
pub use shown::shown;

use crate::address::{self, AddressVerification};
use crate::request::JitRequest;
use holdfast_ledger::money::{Amount, Currency, Signed};
use holdfast_ledger::token::{AccountToken, JitToken};
use text::Writer;

/// One currency of an account, as a balance inquiry is answered with it (reference section 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// Currency of all amounts here.
    pub currency: Currency,
    /// Posted.
    pub ledger: Signed,
    /// What can be spent.
    pub available: Signed,
    /// Promised, not yet to be spent.
    pub pending_credits: Amount,
}

/// An answer under construction. It repeats the request's own tokens and method.
#[derive(Debug, Clone)]
pub struct JitAnswer<'a> {
    request: &'a JitRequest,
    amount: Amount,
    reason: Option<DeclineReason>,
    memo: &'a str,
    balances: Option<Vec<Balance>>,
}

impl<'a> JitAnswer<'a> {
    /// Marqeta's limit of `memo`, in characters.
    pub const MEMO_CHARS_MAX: usize = 99;

    /// Approves `amount`; `memo` is our name for the decision, at most [`Self::MEMO_CHARS_MAX`] characters.
    #[must_use]
    pub fn approve(request: &'a JitRequest, amount: Amount, memo: &'a str) -> Self {
        Self {
            request,
            amount,
            reason: None,
            memo,
            balances: None,
        }
    }

    /// Declines the request with its own amount.
    #[must_use]
    pub fn decline(request: &'a JitRequest, reason: DeclineReason, memo: &'a str) -> Self {
        Self {
            request,
            amount: request.amount,
            reason: Some(reason),
            memo,
            balances: None,
        }
    }

    /// Adds what a balance inquiry asks for.
    #[must_use]
    pub fn with_balances(mut self, balances: Vec<Balance>) -> Self {
        self.balances = Some(balances);
        self
    }

    /// HTTP status: 200 approved, 402 declined.
    #[must_use]
    pub fn status(&self) -> u16 {
        if self.reason.is_some() { 402 } else { 200 }
    }

    /// The body. Amounts are JSON numbers with the currency's exponent.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.open("jit_funding");
        writer.text("token", self.request.jit_token.as_str());
        writer.text("method", &self.request.method);
        let account = |token: &'a Option<AccountToken>| token.as_ref().map(AccountToken::as_str);
        writer.some_text("user_token", account(&self.request.user_token));
        writer.some_text("business_token", account(&self.request.business_token));
        writer.some_text(
            "acting_user_token",
            account(&self.request.acting_user_token),
        );
        writer.number("amount", &self.request.text(self.amount));
        let original = self.request.original_jit.as_ref();
        writer.some_text("original_jit_funding_token", original.map(JitToken::as_str));
        writer.some_text("decline_reason", self.reason.map(DeclineReason::as_str));
        let memo: String = self.memo.chars().take(Self::MEMO_CHARS_MAX).collect();
        writer.text("memo", &memo);
        self.write_balances(&mut writer);
        let address = self.request.address_verification.as_ref();
        writer.some_json(address::FIELD, address.map(AddressVerification::json));
        writer.close();
        writer.finish()
    }

    fn write_balances(&self, writer: &mut Writer) {
        let Some(balances) = &self.balances else {
            return;
        };
        writer.open("balances");
        for balance in balances {
            let currency = balance.currency;
            writer.open(currency.code());
            writer.text("currency_code", currency.code());
            writer.number("ledger_balance", &balance.ledger.text(currency));
            writer.number("available_balance", &balance.available.text(currency));
            writer.number("credit_balance", &Amount::ZERO.text(currency));
            writer.number("pending_credits", &balance.pending_credits.text(currency));
            writer.close();
        }
        writer.close();
    }
}

#[cfg(test)]
mod tests;
