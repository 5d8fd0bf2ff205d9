//! What a person may see of a request.

use super::JitRequest;
use holdfast_events::moment;
use holdfast_ledger::money::Amount;
use holdfast_ledger::token::{AccountToken, CardToken, JitToken, OrderToken, TransactionToken};
use serde::Serialize;

/// A request for the "why" page: no name, no address, no card number; amounts as texts. What was not said
/// is left out, and so is a flag that is off: this is stored with every decision.
#[derive(Debug, Serialize)]
pub struct Summary<'a> {
    token: &'a str,
    r#type: &'a str,
    state: &'a str,
    method: &'a str,
    flow: &'static str,
    jit_token: &'a str,
    account: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    acting_user: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<&'a str>,
    amount: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_amount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_amount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cash_back_amount: Option<String>,
    currency: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    original_amount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    original_currency: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    original_jit_token: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    preceding: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    original: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authorization_expiration: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mcc: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    network: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subnetwork: Option<&'a str>,
    #[serde(skip_serializing_if = "is_off")]
    partial_approval_capable: bool,
    #[serde(skip_serializing_if = "is_off")]
    purchase_amount_only: bool,
    #[serde(skip_serializing_if = "is_off")]
    is_preauthorization: bool,
}

impl JitRequest {
    /// What a person may see of it.
    #[must_use]
    pub fn summary(&self) -> Summary<'_> {
        let amount = |amount: Option<Amount>| amount.map(|amount| self.text(amount));
        let money = self.original_money.as_ref();
        Summary {
            token: self.token.as_str(),
            r#type: &self.transaction_type,
            state: self.state.as_str(),
            method: &self.method,
            flow: self.flow.as_str(),
            jit_token: self.jit_token.as_str(),
            account: self.account.as_str(),
            acting_user: self.acting_user_token.as_ref().map(AccountToken::as_str),
            card: self.card.as_ref().map(CardToken::as_str),
            amount: self.text(self.amount),
            transaction_amount: amount(self.transaction_amount),
            request_amount: amount(self.request_amount),
            cash_back_amount: amount(self.cash_back_amount),
            currency: &self.currency_code,
            original_amount: money.map(|money| money.amount.value().to_string()),
            original_currency: money.and_then(|money| money.currency_number.as_deref()),
            order: self.order.as_ref().map(OrderToken::as_str),
            original_jit_token: self.original_jit.as_ref().map(JitToken::as_str),
            preceding: self.preceding.as_ref().map(TransactionToken::as_str),
            original: self.original.as_ref().map(TransactionToken::as_str),
            created: self.created.map(moment::text),
            authorization_expiration: self.authorization_expiration.map(moment::text),
            mcc: self.merchant.mcc.as_deref(),
            mid: self.merchant.mid.as_deref(),
            country: self.merchant.country.as_deref(),
            network: self.network.as_deref(),
            subnetwork: self.subnetwork.as_deref(),
            partial_approval_capable: self.partial_approval_capable,
            purchase_amount_only: self.purchase_amount_only,
            is_preauthorization: self.is_preauthorization,
        }
    }
}

fn is_off(flag: &bool) -> bool {
    !flag
}
