//! The subject that a control is for and at which merchants: `association` and `merchant_scope`, which limits and
//! authorization controls have alike.

use super::fields::refuse_unknown;
use crate::json::FieldError;
use crate::json::Object;
use holdfast_ledger::control::{Applies, MerchantScope};
use holdfast_ledger::hold::MccRange;
use holdfast_ledger::token::{AccountToken, CardProductToken, CardToken, GroupToken};
use std::collections::BTreeMap;

pub(super) const ASSOCIATION: &str = "association";
const SCOPE: &str = "merchant_scope";

const BUSINESS: &str = "business_token";
const ASSOCIATION_NAMES: [&str; 4] = ["card_product_token", "user_token", BUSINESS, "card_token"];
/// Published by Marqeta, and nothing here.
const UNSUPPORTED: [&str; 2] = ["account_template_token", "card_group_token"];
const SCOPE_NAMES: [&str; 4] = ["mcc", "mcc_group", "mid", "merchant_group_token"];

/// One field of an object that has at most one, and its value.
pub(super) type Named = BTreeMap<&'static str, String>;

/// The subject that it is for. Users and businesses are both accounts here.
pub(super) fn applies(body: &Object<'_>) -> Result<Applies, FieldError> {
    let Some(association) = body.object(ASSOCIATION)? else {
        return Ok(Applies::Program);
    };
    refuse_unknown(
        &association,
        &[&ASSOCIATION_NAMES[..], &UNSUPPORTED].concat(),
    )?;
    // Without the field the control would be for everybody.
    if let Some(name) = UNSUPPORTED
        .iter()
        .find(|name| association.raw(name).is_some())
    {
        let rule = "is not supported: name a card product, a user, a business or a card instead";
        return Err(association.refused(name, rule));
    }
    let account = |name| association.token(name, AccountToken::parse);
    let product = association.token("card_product_token", CardProductToken::parse)?;
    let card = association.token("card_token", CardToken::parse)?;
    let named = [
        product.map(Applies::Product),
        account("user_token")?.map(Applies::Account),
        account(BUSINESS)?.map(Applies::Account),
        card.map(Applies::Card),
    ];
    let rule = "may name one of card_product_token, user_token, business_token and card_token";
    let one = at_most_one(named, || body.refused(ASSOCIATION, rule))?;
    Ok(one.unwrap_or(Applies::Program))
}

/// Does it name a business? Here that is an account like a user; Marqeta's field is shown as it was given.
pub(super) fn is_for_business(body: &Object<'_>) -> Result<bool, FieldError> {
    let association = body.object(ASSOCIATION)?;
    Ok(association.is_some_and(|association| association.raw(BUSINESS).is_some()))
}

/// `merchant_scope`, with none but known fields.
pub(super) fn scope_object<'a>(body: &Object<'a>) -> Result<Option<Object<'a>>, FieldError> {
    let scope = body.object(SCOPE)?;
    if let Some(scope) = &scope {
        refuse_unknown(scope, &SCOPE_NAMES)?;
    }
    Ok(scope)
}

/// At which merchants.
pub(super) fn merchants(body: &Object<'_>) -> Result<MerchantScope, FieldError> {
    let Some(scope) = scope_object(body)? else {
        return Ok(MerchantScope::All);
    };
    let mcc = scope.code("mcc")?;
    let mcc = mcc.map(|text| range(&text).map_err(|rule| scope.refused("mcc", rule)));
    let group = scope.token("mcc_group", GroupToken::parse)?;
    let [mid, merchant_group] = merchant(&scope)?;
    let named = [
        mcc.transpose()?.map(MerchantScope::Mcc),
        group.map(MerchantScope::MccGroup),
        mid,
        merchant_group,
    ];
    let rule = "may name one of mcc, mcc_group, mid and merchant_group_token";
    let one = at_most_one(named, || body.refused(SCOPE, rule))?;
    Ok(one.unwrap_or(MerchantScope::All))
}

/// `mid` and `merchant_group_token`.
pub(super) fn merchant(object: &Object<'_>) -> Result<[Option<MerchantScope>; 2], FieldError> {
    let group = object.token("merchant_group_token", GroupToken::parse)?;
    Ok([
        object.code("mid")?.map(MerchantScope::Mid),
        group.map(MerchantScope::MerchantGroup),
    ])
}

/// A merchant category code or a range; else what it must be.
pub(super) fn range(text: &str) -> Result<MccRange, String> {
    let spaceless: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    MccRange::parse(&spaceless).map_err(|error| error.to_string())
}

pub(super) fn at_most_one<T, const N: usize>(
    named: [Option<T>; N],
    several: impl FnOnce() -> FieldError,
) -> Result<Option<T>, FieldError> {
    let mut named = named.into_iter().flatten();
    match (named.next(), named.next()) {
        (one, None) => Ok(one),
        _ => Err(several()),
    }
}

/// `association`, as Marqeta prints it.
pub(super) fn association(applies: &Applies) -> Named {
    match applies {
        Applies::Program => Named::new(),
        Applies::Product(token) => Named::from([("card_product_token", token.to_string())]),
        Applies::Account(token) => Named::from([("user_token", token.to_string())]),
        Applies::Card(token) => Named::from([("card_token", token.to_string())]),
    }
}

/// `merchant_scope`, as Marqeta prints it.
pub(super) fn merchant_scope(merchants: &MerchantScope) -> Named {
    match merchants {
        MerchantScope::All => Named::new(),
        MerchantScope::Mcc(range) => Named::from([("mcc", range.to_string())]),
        MerchantScope::MccGroup(token) => Named::from([("mcc_group", token.to_string())]),
        MerchantScope::Mid(mid) => Named::from([("mid", mid.clone())]),
        MerchantScope::MerchantGroup(token) => {
            Named::from([("merchant_group_token", token.to_string())])
        }
    }
}
