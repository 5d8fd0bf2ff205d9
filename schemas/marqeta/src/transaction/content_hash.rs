//! What makes two requests the same, and two notifications of one token and state.

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
        self.hash_shared_fields("jit request 2")
            .text("user", self.jit.user.as_ref().map(AccountToken::as_str))
            .text(
                "business",
                self.jit.business.as_ref().map(AccountToken::as_str),
            )
            .text(
                "acting",
                self.acting_user.as_ref().map(AccountToken::as_str),
            )
            .amount("original amount", money.map(|money| money.amount))
            .text(
                "original currency",
                money.and_then(|money| money.currency_number.as_deref()),
            )
            .finish()
    }

    /// SHA-256 over what the books could depend on: type, state, tokens, method, amounts by value,
    /// currency, links, final flags, dispute. A repeat with another hash is kept and alerts
    /// (design section 5).
    #[must_use]
    pub fn notification_hash(&self) -> [u8; 32] {
        let dispute = self.outcome.chargeback.as_ref();
        let numbers = &self.outcome.clearing;
        self.hash_shared_fields("notification 3")
            .text("state", Some(self.state.as_str()))
            .text("jit account", self.account().map(AccountToken::as_str))
            .text(
                "cardholder",
                self.cardholder.as_ref().map(AccountToken::as_str),
            )
            .amount("released", self.amount_to_be_released)
            .flag("final", self.is_final_clearing)
            .text("clearing", numbers.number.as_deref())
            .text("clearings", numbers.count.as_deref())
            .text("record", numbers.record.as_deref())
            .flag("fast", Some(self.fast_funds))
            .text(
                "dispute",
                dispute.and_then(|dispute| dispute.token.as_deref()),
            )
            .text(
                "dispute state",
                dispute.and_then(|dispute| dispute.state.as_deref()),
            )
            .amount("dispute amount", dispute.and_then(|dispute| dispute.amount))
            .flag(
                "dispute credit",
                dispute.and_then(|dispute| dispute.credit_user),
            )
            .finish()
    }

    /// Type, tokens, method, card, amounts, currency and links.
    fn hash_shared_fields(&self, projection: &str) -> Canonical {
        Canonical::new(projection)
            .text("type", Some(&self.transaction_type))
            .text("token", Some(self.token.as_str()))
            .text("method", self.jit.method.as_deref())
            .text("flow", self.flow.map(Flow::as_str))
            .text("jit", self.jit.token.as_ref().map(JitToken::as_str))
            .text("card", self.card.as_ref().map(CardToken::as_str))
            .amount("jit amount", self.jit.amount)
            .amount("amount", self.amount)
            .amount("request amount", self.request_amount)
            .amount("cash back", self.cash_back_amount)
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
    }
}

#[cfg(test)]
mod tests;
