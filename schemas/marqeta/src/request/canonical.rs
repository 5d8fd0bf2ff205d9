//! What makes two requests the same.

use super::JitRequest;
use crate::hash::Canonical;
use holdfast_ledger::token::{AccountToken, CardToken, JitToken, OrderToken, TransactionToken};

impl JitRequest {
    /// SHA-256 over what a repeat must have in common with the first request (interface section 3): type,
    /// tokens, method, account, card, amounts by value, currency, links. Balances, state, times and scores
    /// are left out: they change from one sending to the next.
    #[must_use]
    pub fn canonical_hash(&self) -> [u8; 32] {
        let foreign = self.original_money.as_ref();
        Canonical::new("jit request 1")
            .text("type", Some(&self.transaction_type))
            .text("token", Some(self.token.as_str()))
            .text("method", Some(&self.method))
            .text("flow", Some(self.flow.as_str()))
            .text("jit", Some(self.jit_token.as_str()))
            .text("user", self.user_token.as_ref().map(AccountToken::as_str))
            .text(
                "business",
                self.business_token.as_ref().map(AccountToken::as_str),
            )
            .text(
                "acting",
                self.acting_user_token.as_ref().map(AccountToken::as_str),
            )
            .text("card", self.card.as_ref().map(CardToken::as_str))
            .amount("jit amount", Some(self.amount))
            .amount("amount", self.transaction_amount)
            .amount("request amount", self.request_amount)
            .amount("cash back", self.cash_back_amount)
            .amount("original amount", foreign.map(|money| money.amount))
            .text(
                "original currency",
                foreign.and_then(|money| money.currency_number.as_deref()),
            )
            .text("currency", Some(&self.currency_code))
            .text("order", self.order.as_ref().map(OrderToken::as_str))
            .text(
                "original jit",
                self.original_jit.as_ref().map(JitToken::as_str),
            )
            .text(
                "preceding",
                self.preceding.as_ref().map(TransactionToken::as_str),
            )
            .text(
                "original",
                self.original.as_ref().map(TransactionToken::as_str),
            )
            .finish()
    }
}

#[cfg(test)]
mod tests;
