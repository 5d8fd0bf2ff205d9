//! What a person may see of a request.

use crate::transaction::{Flow, Transaction};
use holdfast_events::moment;
use holdfast_ledger::money::Amount;
use holdfast_ledger::token::{AccountToken, CardToken, JitToken, OrderToken, TransactionToken};
use serde::Serialize;

/// A request for the "why" page: no name, no address, no card number; amounts as texts. What was not said
/// is left out, and so is a flag that is off: this is stored with every decision.
#[derive(Debug, Serialize)]
pub(super) struct Summary<'a> {
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

impl<'a> Summary<'a> {
    /// What a person may see of it.
    pub(super) fn of(request: &'a Transaction) -> Self {
        let amount = |amount: Option<Amount>| amount.map(|amount| request.text(amount));
        let money = request.original_money.as_ref();
        let jit = &request.jit;
        Self {
            token: request.token.as_str(),
            r#type: &request.transaction_type,
            state: request.state.as_str(),
            method: jit.method.as_deref().unwrap_or_default(),
            flow: request.flow.map_or("", Flow::as_str),
            jit_token: jit.token.as_ref().map_or("", JitToken::as_str),
            account: request.account().map_or("", AccountToken::as_str),
            acting_user: request.acting_user.as_ref().map(AccountToken::as_str),
            card: request.card.as_ref().map(CardToken::as_str),
            amount: amount(jit.amount).unwrap_or_default(),
            transaction_amount: amount(request.amount),
            request_amount: amount(request.request_amount),
            cash_back_amount: amount(request.cash_back_amount),
            currency: request.currency_code.as_deref().unwrap_or_default(),
            original_amount: money.map(|money| money.amount.value().to_string()),
            original_currency: money.and_then(|money| money.currency_number.as_deref()),
            order: request.order.as_ref().map(OrderToken::as_str),
            original_jit_token: jit.original.as_ref().map(JitToken::as_str),
            preceding: request.preceding.as_ref().map(TransactionToken::as_str),
            original: request.original.as_ref().map(TransactionToken::as_str),
            created: request.created.map(moment::text),
            authorization_expiration: request.authorization_expiration.map(moment::text),
            mcc: request.merchant.mcc.as_deref(),
            mid: request.merchant.mid.as_deref(),
            country: request.merchant.country.as_deref(),
            network: request.network.as_deref(),
            subnetwork: request.subnetwork.as_deref(),
            partial_approval_capable: request.terminal.partial_approval_capable,
            purchase_amount_only: request.terminal.purchase_amount_only,
            is_preauthorization: request.is_preauthorization,
        }
    }
}

fn is_off(flag: &bool) -> bool {
    !flag
}
