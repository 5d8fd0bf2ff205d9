//! What our events take over from Marqeta's messages.

use crate::envelope::Transition;
use crate::merchant::original::{OriginalMoney, alpha, text};
use crate::notification::{Chargeback, Notification};
use crate::request::JitRequest;
use holdfast_events::{Authorization, Conversion, Dispute, Notice, Outcome, moment};
use holdfast_ledger::money::Amount;
use holdfast_ledger::token::AccountToken;

/// What the request itself says, declined with nothing placed; the decision fills in the rest.
#[must_use]
pub fn declined_authorization(
    request: &JitRequest,
    decision: &str,
    decided: String,
) -> Authorization {
    Authorization {
        decision: decision.to_owned(),
        transaction: request.token.to_string(),
        jit_token: request.jit_token.to_string(),
        account: request.account.to_string(),
        acting_user: request.acting_user_token.as_ref().map(ToString::to_string),
        card: request.card.as_ref().map(ToString::to_string),
        transaction_type: request.transaction_type.clone(),
        method: request.method.clone(),
        outcome: Outcome::Declined,
        reason: None,
        requested_amount: request.text(request.amount),
        approved_amount: request.text(Amount::ZERO),
        currency: request.currency_code.clone(),
        hold: None,
        held_after: None,
        available_after: None,
        created: request.created.map(moment::text),
        decided,
        conversion: conversion(request.original_money.as_ref()),
        mcc: request.merchant.mcc.clone(),
        country: request.merchant.country.clone(),
        rule_version: 0,
        control_version: 0,
    }
}

/// A card message; `account` is the one that it is booked to, where that is known.
#[must_use]
pub fn transaction_notice(message: &Notification, account: Option<&AccountToken>) -> Notice {
    let amount = |amount: Option<Amount>| amount.map(|amount| message.text(amount));
    let named = Some(&message.transaction_type).filter(|name| !name.is_empty());
    Notice {
        family: String::from("transactions"),
        transaction: Some(message.token.to_string()),
        state: Some(message.state.as_str().to_owned()),
        transaction_type: named.cloned(),
        method: message.method.clone(),
        account: account
            .or(message.jit_account.as_ref())
            .map(ToString::to_string),
        acting_user: message.acting_user_token.as_ref().map(ToString::to_string),
        card: message.card.as_ref().map(ToString::to_string),
        amount: amount(message.amount),
        jit_amount: amount(message.jit_amount),
        currency: message.currency_code.clone(),
        jit_token: message.jit_token.as_ref().map(ToString::to_string),
        original_jit_token: message.original_jit.as_ref().map(ToString::to_string),
        preceding: message.preceding.as_ref().map(ToString::to_string),
        order: message.order.as_ref().map(ToString::to_string),
        created: message.created.map(moment::text),
        conversion: conversion(message.original_money.as_ref()),
        mcc: message.merchant.mcc.clone(),
        response_code: message.response_code.clone(),
        timed_out: message.timed_out,
        standin_approved_by: message.standin_approved_by.clone(),
        is_final_clearing: message.is_final_clearing == Some(true),
        amount_to_be_released: amount(message.amount_to_be_released),
        clearing_number: message.multi_clearing_sequence_number.clone(),
        clearing_count: message.multi_clearing_sequence_count.clone(),
        dispute: message
            .chargeback
            .as_ref()
            .map(|chargeback| dispute(message, chargeback)),
    }
}

/// A state change of another family.
#[must_use]
pub fn transition_notice(change: &Transition, account: Option<&AccountToken>) -> Notice {
    Notice {
        family: change.family.clone(),
        transaction: Some(change.token.clone()),
        state: change.state.clone(),
        transaction_type: change.transition_type.clone(),
        account: account.or(change.account.as_ref()).map(ToString::to_string),
        card: change.card.as_ref().map(ToString::to_string),
        created: change.created.map(moment::text),
        ..Notice::default()
    }
}

fn dispute(message: &Notification, chargeback: &Chargeback) -> Dispute {
    Dispute {
        token: chargeback.token.clone(),
        state: chargeback.state.clone(),
        amount: chargeback.amount.map(|amount| message.text(amount)),
        credit_user: chargeback.credit_user,
    }
}

/// The merchant's own money; nothing where the message says nothing of it (reference section 3.7).
fn conversion(money: Option<&OriginalMoney>) -> Conversion {
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
