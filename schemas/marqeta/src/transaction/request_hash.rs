//! What makes two requests the same.

use super::{Flow, Transaction};
use crate::hash::Canonical;
use holdfast_ledger::token::{AccountToken, CardToken, JitToken, OrderToken, TransactionToken};

impl Transaction {
    /// SHA-256 over what a repeat must have in common with the first request (interface section 3): type,
    /// tokens, method, account, card, amounts by value, currency, links. Balances, state, times and scores
    /// are left out: they change from one sending to the next.
    #[must_use]
    pub fn request_hash(&self) -> [u8; 32] {
        let money = self.original_money.as_ref();
        Canonical::new("jit request 1")
            .text("type", Some(&self.transaction_type))
            .text("token", Some(self.token.as_str()))
            .text("method", self.jit.method.as_deref())
            .text("flow", self.flow.map(Flow::as_str))
            .text("jit", self.jit.token.as_ref().map(JitToken::as_str))
            .text("user", self.jit.user.as_ref().map(AccountToken::as_str))
            .text(
                "business",
                self.jit.business.as_ref().map(AccountToken::as_str),
            )
            .text(
                "acting",
                self.acting_user.as_ref().map(AccountToken::as_str),
            )
            .text("card", self.card.as_ref().map(CardToken::as_str))
            .amount("jit amount", self.jit.amount)
            .amount("amount", self.amount)
            .amount("request amount", self.request_amount)
            .amount("cash back", self.cash_back_amount)
            .amount("original amount", money.map(|money| money.amount))
            .text(
                "original currency",
                money.and_then(|money| money.currency_number.as_deref()),
            )
            .text("currency", self.currency_code.as_deref())
            .text("order", self.order.as_ref().map(OrderToken::as_str))
            .text(
                "original jit",
                self.jit.original.as_ref().map(JitToken::as_str),
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
