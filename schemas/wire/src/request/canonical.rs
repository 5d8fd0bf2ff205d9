//! What makes two requests the same, and what a person may see of one.

use super::JitRequest;
use crate::hash::Canonical;
use crate::moment;
use holdfast_ledger::money::Amount;
use holdfast_ledger::token::{AccountToken, CardToken, JitToken, OrderToken, TransactionToken};
use serde_json::{Value, json};

impl JitRequest {
    /// SHA-256 over what a repeat must have in common with the first request (interface section 3): type,
    /// tokens, method, account, card, amounts by value, currency, links. Balances, state, times and scores
    /// are left out: they change from one sending to the next.
    #[must_use]
    pub fn canonical_hash(&self) -> [u8; 32] {
        let text =
            |token: Option<&AccountToken>| token.map(AccountToken::as_str).map(str::to_owned);
        let foreign = self.original_money.as_ref();
        Canonical::new("jit request 1")
            .text("type", Some(&self.transaction_type))
            .text("token", Some(self.token.as_str()))
            .text("method", Some(&self.method))
            .text("flow", Some(self.flow.as_str()))
            .text("jit", Some(self.jit_token.as_str()))
            .text("user", text(self.user_token.as_ref()).as_deref())
            .text("business", text(self.business_token.as_ref()).as_deref())
            .text("acting", text(self.acting_user_token.as_ref()).as_deref())
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

    /// The request for the "why" page: no name, no address, no card number; amounts as texts.
    #[must_use]
    pub fn summary(&self) -> Value {
        let amount = |amount: Option<Amount>| amount.map(|amount| self.text(amount));
        json!({
            "token": self.token.as_str(),
            "type": self.transaction_type,
            "state": self.state.as_str(),
            "method": self.method,
            "flow": self.flow.as_str(),
            "jit_token": self.jit_token.as_str(),
            "account": self.account.as_str(),
            "acting_user": self.acting_user_token.as_ref().map(AccountToken::as_str),
            "card": self.card.as_ref().map(CardToken::as_str),
            "amount": self.text(self.amount),
            "transaction_amount": amount(self.transaction_amount),
            "request_amount": amount(self.request_amount),
            "cash_back_amount": amount(self.cash_back_amount),
            "currency": self.currency_code,
            "original_amount": self.original_money.as_ref().map(|money| money.amount.value().to_string()),
            "original_currency": self.original_money.as_ref().and_then(|money| money.currency_number.clone()),
            "order": self.order.as_ref().map(OrderToken::as_str),
            "original_jit_token": self.original_jit.as_ref().map(JitToken::as_str),
            "preceding": self.preceding.as_ref().map(TransactionToken::as_str),
            "original": self.original.as_ref().map(TransactionToken::as_str),
            "created": self.created.map(moment::text),
            "authorization_expiration": self.authorization_expiration.map(moment::text),
            "mcc": self.merchant.mcc,
            "mid": self.merchant.mid,
            "country": self.merchant.country,
            "network": self.network,
            "subnetwork": self.subnetwork,
            "partial_approval_capable": self.partial_approval_capable,
            "purchase_amount_only": self.purchase_amount_only,
            "is_preauthorization": self.is_preauthorization,
        })
    }
}

#[cfg(test)]
mod tests;
