//! What our events take over from Marqeta's messages.

mod details;

use crate::merchant::original::{OriginalMoney, alpha, text};
use crate::transaction::{Chargeback, Transaction};
use holdfast_events::{
    Authorization, Conversion, Dispute, Notice, NoticeClearing, NoticeOrigin, NoticePurchase,
    Outcome, moment,
};
use holdfast_ledger::money::Amount;

/// The event of a request, declined with nothing held: the decision completes it. `None` where the request has no
/// JIT block.
pub(crate) fn declined_authorization(
    request: &Transaction,
    amount: Amount,
) -> Option<Authorization> {
    let cash = request.cash_back_amount.filter(|cash| !cash.is_zero());
    Some(Authorization {
        decision: String::new(),
        transaction: request.token.to_string(),
        jit_token: Some(request.jit.token.as_ref()?.to_string()),
        account: request.account()?.to_string(),
        acting_user: request.acting_user.as_ref().map(ToString::to_string),
        card: request.card.as_ref().map(ToString::to_string),
        card_product: request.card_product.as_ref().map(ToString::to_string),
        transaction_type: request.transaction_type.clone(),
        method: request.jit.method.clone()?,
        outcome: Outcome::Declined,
        reason: None,
        because: None,
        decided_by: None,
        control: None,
        policy: None,
        requested_amount: request.text(amount),
        approved_amount: request.text(Amount::ZERO),
        cash_back_amount: cash.map(|cash| request.text(cash)),
        currency: request.currency_code.clone()?,
        hold: None,
        hold_after: None,
        merged_holds: Vec::new(),
        balances: Vec::new(),
        occurred_at: request.created.map(moment::text),
        received_at: String::new(),
        decided_at: String::new(),
        details: details::purchase_details(request),
        conversion: conversion_of(request.original_money.as_ref()),
        rules: 0,
        controls: 0,
    })
}

/// The event of a card message.
pub(crate) fn transaction_notice(message: &Transaction) -> Notice {
    let named = Some(&message.transaction_type).filter(|name| !name.is_empty());
    Notice {
        transaction: Some(message.token.to_string()),
        state: Some(message.state.as_str().to_owned()),
        transaction_type: named.cloned(),
        origin: NoticeOrigin {
            family: String::from("transactions"),
            account: message.account().map(ToString::to_string),
            acting_user: message.acting_user.as_ref().map(ToString::to_string),
            card: message.card.as_ref().map(ToString::to_string),
            card_product: message.card_product.as_ref().map(ToString::to_string),
            occurred_at: message.created.map(moment::text),
        },
        purchase: notice_purchase(message),
        settlement: details::notice_settlement(message),
        clearing: notice_clearing(message),
    }
}

fn notice_purchase(message: &Transaction) -> NoticePurchase {
    let amount = |amount: Option<Amount>| amount.map(|amount| message.text(amount));
    let (jit, outcome) = (&message.jit, &message.outcome);
    NoticePurchase {
        method: jit.method.clone(),
        amount: amount(message.amount),
        jit_amount: amount(jit.amount),
        currency: message.currency_code.clone(),
        jit_token: jit.token.as_ref().map(ToString::to_string),
        original_jit_token: jit.original.as_ref().map(ToString::to_string),
        preceding: message.preceding.as_ref().map(ToString::to_string),
        order: message.order.as_ref().map(ToString::to_string),
        details: details::purchase_details(message),
        conversion: conversion_of(message.original_money.as_ref()),
        response_code: outcome.response_code.clone(),
        timed_out: outcome.timed_out,
        standin_approved_by: outcome.standin_approved_by.clone(),
    }
}

fn notice_clearing(message: &Transaction) -> NoticeClearing {
    let outcome = &message.outcome;
    let released = message.amount_to_be_released;
    let chargeback = outcome.chargeback.as_ref();
    NoticeClearing {
        is_final_clearing: message.is_final_clearing == Some(true),
        amount_to_be_released: released.map(|amount| message.text(amount)),
        clearing_number: outcome.clearing.number.clone(),
        clearing_count: outcome.clearing.count.clone(),
        dispute: chargeback.map(|chargeback| dispute_of(message, chargeback)),
    }
}

fn dispute_of(message: &Transaction, chargeback: &Chargeback) -> Dispute {
    Dispute {
        token: chargeback.token.clone(),
        state: chargeback.state.clone(),
        amount: chargeback.amount.map(|amount| message.text(amount)),
        credit_user: chargeback.credit_user,
    }
}

/// The merchant's own money; nothing where the message has nothing of it (reference section 3.7).
fn conversion_of(money: Option<&OriginalMoney>) -> Conversion {
    let Some(money) = money else {
        return Conversion::default();
    };
    let number = money.currency_number.as_deref();
    let settlement = money.settlement.as_ref();
    let settlement_number = settlement.and_then(|settlement| settlement.currency_number.as_deref());
    Conversion {
        original_amount: Some(text(money.amount, number)),
        original_currency: number.map(alpha),
        conversion_rate: money.conversion_rate.clone(),
        dynamic_currency_conversion: money.dynamic_currency_conversion,
        settlement_amount: settlement
            .and_then(|settlement| settlement.amount)
            .map(|amount| text(amount, settlement_number)),
        settlement_currency: settlement_number.map(alpha),
        settlement_rate: settlement.and_then(|settlement| settlement.conversion_rate.clone()),
    }
}

#[cfg(test)]
mod tests;
