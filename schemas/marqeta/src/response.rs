//! The response to a JIT request (reference section 4), as the bytes that are stored and sent.

mod reason;
mod redact;
mod text;

pub(crate) use reason::reason_text;
pub(crate) use redact::redact_response;

use crate::address::{self, AddressVerification};
use crate::transaction::JitFunding;
use holdfast_decision::DeclineReason;
use holdfast_funding::processor::{
    Authorization, AuthorizationOutcome, CurrencyBalance, Responder, StoredResponse, amount_text,
};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::token::{AccountToken, JitToken};
use text::Writer;

/// Marqeta's limit of `memo`, in characters.
const MEMO_CHARS_MAX: usize = 99;

/// Writes the response to one JIT request; it repeats the request's own tokens and method.
#[derive(Debug)]
pub(crate) struct JitResponder {
    jit: JitFunding,
    token: JitToken,
    method: String,
    amount: Amount,
    acting_user: Option<AccountToken>,
    currency: Option<Currency>,
}

impl JitResponder {
    /// `None` where the JIT block has no token, method or amount.
    pub(crate) fn new(
        mut jit: JitFunding,
        acting_user: Option<AccountToken>,
        currency: Option<Currency>,
    ) -> Option<Self> {
        Some(Self {
            token: jit.token.take()?,
            method: jit.method.take()?,
            amount: jit.amount?,
            jit,
            acting_user,
            currency,
        })
    }

    /// The body. Amounts are JSON numbers with the currency's exponent.
    fn write_body(&self, authorization: &Authorization<'_>) -> Vec<u8> {
        let (amount, reason) = match authorization.outcome {
            AuthorizationOutcome::Approved(amount) => (amount, None),
            // A decline repeats the request's own amount.
            AuthorizationOutcome::Declined(reason) => (self.amount, Some(reason_text(reason))),
        };
        let mut writer = Writer::default();
        writer.open("jit_funding");
        writer.text("token", self.token.as_str());
        writer.text("method", &self.method);
        for (name, token) in [
            ("user_token", &self.jit.user),
            ("business_token", &self.jit.business),
            ("acting_user_token", &self.acting_user),
        ] {
            writer.some_text(name, token.as_ref().map(AccountToken::as_str));
        }
        writer.number(
            "amount",
            &amount_text(amount, self.currency, self.jit.decimals),
        );
        let original = self.jit.original.as_ref();
        writer.some_text("original_jit_funding_token", original.map(JitToken::as_str));
        writer.some_text("decline_reason", reason);
        let memo: String = authorization
            .reference
            .chars()
            .take(MEMO_CHARS_MAX)
            .collect();
        writer.text("memo", &memo);
        write_balances(&mut writer, authorization.balances.as_deref());
        let address = self.jit.address_verification.as_ref();
        writer.some_json(address::FIELD, address.map(AddressVerification::json));
        writer.close();
        writer.finish()
    }
}

impl Responder for JitResponder {
    /// HTTP status: 200 approved, 402 declined.
    fn respond(&self, authorization: &Authorization<'_>) -> StoredResponse {
        let status = match authorization.outcome {
            AuthorizationOutcome::Approved(_) => 200,
            AuthorizationOutcome::Declined(_) => 402,
        };
        StoredResponse {
            status,
            body: String::from_utf8(self.write_body(authorization)).unwrap_or_default(),
        }
    }

    fn reason_text(&self, reason: DeclineReason) -> &'static str {
        reason_text(reason)
    }
}

fn write_balances(writer: &mut Writer, balances: Option<&[CurrencyBalance]>) {
    let Some(balances) = balances else {
        return;
    };
    writer.open("balances");
    for balance in balances {
        let currency = balance.currency;
        writer.open(currency.code());
        writer.text("currency_code", currency.code());
        writer.number("ledger_balance", &balance.posted.text(currency));
        writer.number("available_balance", &balance.available.text(currency));
        writer.number("credit_balance", &Amount::ZERO.text(currency));
        writer.number("pending_credits", &balance.pending_credit.text(currency));
        writer.close();
    }
    writer.close();
}

#[cfg(test)]
mod tests;
