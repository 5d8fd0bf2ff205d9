//! What makes two notifications of the same token and state the same.

use super::{Flow, Transaction};
use crate::hash::Canonical;
use holdfast_ledger::token::{AccountToken, CardToken, JitToken, OrderToken, TransactionToken};

impl Transaction {
    /// SHA-256 over what the books could depend on: type, state, tokens, method, amounts by value,
    /// currency, links, final flags, dispute. A repeat with another hash is kept and alerts
    /// (design section 5).
    #[must_use]
    pub fn notification_hash(&self) -> [u8; 32] {
        let dispute = self.outcome.chargeback.as_ref();
        let numbers = &self.outcome.clearing;
        Canonical::new("notification 2")
            .text("token", Some(self.token.as_str()))
            .text("type", Some(&self.transaction_type))
            .text("state", Some(self.state.as_str()))
            .text("flow", self.flow.map(Flow::as_str))
            .text("method", self.jit.method.as_deref())
            .text("jit", self.jit.token.as_ref().map(JitToken::as_str))
            .text("jit account", self.account().map(AccountToken::as_str))
            .text(
                "top account",
                self.cardholder.as_ref().map(AccountToken::as_str),
            )
            .text("card", self.card.as_ref().map(CardToken::as_str))
            .amount("jit amount", self.jit.amount)
            .amount("amount", self.amount)
            .amount("request amount", self.request_amount)
            .amount("cash back", self.cash_back_amount)
            .amount("released", self.amount_to_be_released)
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
}
