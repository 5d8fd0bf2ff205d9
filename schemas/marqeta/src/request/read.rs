//! Reading a JIT request; the order of the checks is the order of the errors.

use super::{Flow, JitRequest};
use crate::address::AddressVerification;
use crate::attributes;
use crate::chain::network_chain;
use crate::error::BadRequest;
use crate::merchant::{Merchant, OriginalMoney};
use holdfast_events::json::FieldError;
use holdfast_events::json::{self, Object};
use holdfast_ledger::fact::State;
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::token::{
    AccountToken, CardProductToken, CardToken, JitToken, OrderToken, TokenError, TransactionToken,
};

impl JitRequest {
    /// Reads the body of a `POST /jit`: the bare transaction.
    ///
    /// # Errors
    /// [`BadRequest`] for what interface section 3 answers with 400: not a JSON object, a key twice in an
    /// object that is read, a required field missing, a token that is no token, an amount that is no amount.
    /// Objects that only inform (`card_acceptor`, `pos`, …) are absent where they are something else.
    pub fn parse(body: &[u8]) -> Result<Self, BadRequest> {
        read(json::utf8(body)?).map_err(BadRequest::from)
    }
}

fn read(body: &str) -> Result<JitRequest, FieldError> {
    let top = Object::parse(body)?;
    let token = needed_token(&top, "token", TransactionToken::parse)?;
    let transaction_type = needed_text(&top, "type")?;
    let currency_code = needed_text(&top, "currency_code")?;
    let currency = Currency::parse(&currency_code);
    let Funding { flow, order, jit } = funding(&top)?;
    let jit_token = needed_token(&jit, "token", JitToken::parse)?;
    let method = needed_text(&jit, "method")?;
    let user_token = jit.token("user_token", AccountToken::parse)?;
    let business_token = jit.token("business_token", AccountToken::parse)?;
    let account = user_token.clone().or_else(|| business_token.clone());
    let account = account.ok_or_else(|| jit.missing("user_token"))?;
    let acceptor = top.informative_object("card_acceptor")?;
    let terminal = Terminal::read(&top, acceptor.as_ref())?;
    let merchant = Merchant::read(acceptor.as_ref());
    let attributes = attributes::read(&top, acceptor.as_ref(), &transaction_type, &merchant);
    Ok(JitRequest {
        token,
        transaction_type,
        state: State::parse(&top.lenient_text("state").unwrap_or_default()),
        method,
        flow,
        jit_token,
        user_token,
        business_token,
        account,
        acting_user_token: acting_user(&top, &jit),
        card: top.token("card_token", CardToken::parse)?,
        card_product: top
            .token("card_product_token", CardProductToken::parse)
            .unwrap_or(None),
        amount: jit
            .amount("amount", currency)?
            .ok_or_else(|| jit.missing("amount"))?,
        decimals_sent: decimals_sent(&jit),
        transaction_amount: top.amount("amount", currency)?,
        request_amount: top.amount("request_amount", currency)?,
        cash_back_amount: top.amount("cash_back_amount", currency)?,
        currency_code,
        currency,
        order: order.token("token", OrderToken::parse)?,
        original_jit: jit.token("original_jit_funding_token", JitToken::parse)?,
        preceding: top.token(
            "preceding_related_transaction_token",
            TransactionToken::parse,
        )?,
        original: top.token("original_transaction_token", TransactionToken::parse)?,
        created: top.moment("created_time").unwrap_or_default(),
        authorization_expiration: top.moment("authorization_expiration").unwrap_or_default(),
        merchant,
        attributes,
        partial_approval_capable: terminal.partial_approval_capable,
        purchase_amount_only: terminal.purchase_amount_only,
        is_preauthorization: is_set(&top, "is_preauthorization"),
        is_final_clearing: is_set(&top, "is_final_clearing"),
        amount_to_be_released: top.amount("amount_to_be_released", currency)?,
        fast_funds: top
            .informative_object("original_credit")?
            .is_some_and(|credit| is_set(&credit, "fast_funds_enabled")),
        network_chain: network_chain(&top),
        network: top.lenient_text("network"),
        subnetwork: top.lenient_text("subnetwork"),
        original_money: OriginalMoney::read(&top)?,
        address_verification: AddressVerification::read(&jit),
    })
}

/// The order of a request and the JIT block in it.
struct Funding<'a> {
    flow: Flow,
    order: Object<'a>,
    jit: Object<'a>,
}

fn funding<'a>(top: &Object<'a>) -> Result<Funding<'a>, FieldError> {
    let mut nearest = Flow::Load;
    for flow in [Flow::Load, Flow::Unload] {
        let Some(order) = top.object(flow.field())? else {
            continue;
        };
        if let Some(jit) = order.object("jit_funding")? {
            return Ok(Funding { flow, order, jit });
        }
        nearest = flow;
    }
    Err(FieldError::Missing {
        path: format!("{}.jit_funding", nearest.field()),
    })
}

/// What the terminal can do, as both message models say it.
#[derive(Default)]
struct Terminal {
    partial_approval_capable: bool,
    purchase_amount_only: bool,
}

impl Terminal {
    fn read(top: &Object<'_>, acceptor: Option<&Object<'_>>) -> Result<Self, FieldError> {
        let poi = acceptor
            .map(|acceptor| acceptor.informative_object("poi"))
            .transpose()?
            .flatten();
        let Some(pos) = top.informative_object("pos")?.or(poi) else {
            return Ok(Self::default());
        };
        Ok(Self {
            partial_approval_capable: is_set(&pos, "partial_approval_capable"),
            purchase_amount_only: is_set(&pos, "purchase_amount_only"),
        })
    }
}

/// Who transacted, for information: a token that cannot be read is absent.
fn acting_user(top: &Object<'_>, jit: &Object<'_>) -> Option<AccountToken> {
    let named = |object: &Object<'_>| {
        object
            .token("acting_user_token", AccountToken::parse)
            .unwrap_or_default()
    };
    named(jit).or_else(|| named(top))
}

/// Flags only widen what we may do, so one that cannot be read is off.
fn is_set(object: &Object<'_>, name: &str) -> bool {
    matches!(object.flag(name), Ok(Some(true)))
}

fn needed_text(object: &Object<'_>, name: &str) -> Result<String, FieldError> {
    object.text(name)?.ok_or_else(|| object.missing(name))
}

fn needed_token<T>(
    object: &Object<'_>,
    name: &str,
    parse: impl FnOnce(&str) -> Result<T, TokenError>,
) -> Result<T, FieldError> {
    object
        .token(name, parse)?
        .ok_or_else(|| object.missing(name))
}

/// Decimals in the text of the amount, zeros and all; those of the value where it has an exponent.
fn decimals_sent(jit: &Object<'_>) -> u32 {
    const DECIMALS_MAX: usize = 12;
    let text = jit.lenient_text("amount").unwrap_or_default();
    let decimals = match text.split_once('.') {
        Some((_, decimals)) if !text.contains(['e', 'E']) => decimals.len(),
        _ => Amount::parse(&text).map_or(0, |amount| amount.value().scale() as usize),
    };
    u32::try_from(decimals.min(DECIMALS_MAX)).unwrap_or_default()
}
