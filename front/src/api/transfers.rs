//! `/accounts/{token}/transfers`, `…/adjustments` and `…/write-offs`.

use super::call::Call;
use super::error::ApiError;
use super::fields::Fields;
use super::response::ApiResponse;
use super::segment::parse_token;
use bytes::Bytes;
use holdfast_funding::command;
use holdfast_funding::view::TransferView;
use holdfast_ledger::money::{Currency, Signed};
use holdfast_ledger::token::{AccountToken, Reference};
use holdfast_store::transfer::{TransferContent, TransferKind};

/// The transfer that a body asks for.
type Order = (Reference, TransferContent);

pub(super) async fn post_transfer(call: Call, token: &str) -> Result<ApiResponse, ApiError> {
    post_money(call, token, read_transfer).await
}

pub(super) async fn post_adjustment(call: Call, token: &str) -> Result<ApiResponse, ApiError> {
    post_money(call, token, read_adjustment).await
}

pub(super) async fn post_write_off(call: Call, token: &str) -> Result<ApiResponse, ApiError> {
    post_money(call, token, read_write_off).await
}

async fn post_money(
    call: Call,
    token: &str,
    read: fn(&Bytes) -> Result<Order, ApiError>,
) -> Result<ApiResponse, ApiError> {
    let account = parse_token(token, AccountToken::parse)?;
    let (context, actor, body) = call.read_command().await?;
    let (reference, content) = read(&body)?;
    let order = command::order(reference, content, context.now());
    let done = command::transfer(&context.store, &actor, &account, &order).await?;
    ApiResponse::created_or_ok(done.is_new, &TransferView::from(&done.transfer))
}

fn read_transfer(body: &Bytes) -> Result<Order, ApiError> {
    let known = ["reference", "direction", "amount", "currency", "memo"];
    let fields = Fields::read(body, &known)?;
    let reference = fields.require_token("reference", Reference::parse)?;
    fields.require_text("direction")?;
    let is_credit = fields.find_word("direction", &[("credit", true), ("debit", false)])?;
    let currency = fields.require_currency("currency")?;
    let amount = fields.require_amount("amount", currency)?;
    let content = TransferContent {
        kind: TransferKind::Transfer,
        amount: if is_credit == Some(true) {
            amount.credit()
        } else {
            amount.debit()
        },
        currency,
        note: fields.find_text("memo")?,
    };
    Ok((reference, content))
}

fn read_adjustment(body: &Bytes) -> Result<Order, ApiError> {
    read_with_reason(body, TransferKind::Adjustment, |fields, name, currency| {
        fields.require_signed(name, currency)
    })
}

fn read_write_off(body: &Bytes) -> Result<Order, ApiError> {
    read_with_reason(body, TransferKind::WriteOff, |fields, name, currency| {
        Ok(fields.require_amount(name, currency)?.credit())
    })
}

fn read_with_reason(
    body: &Bytes,
    kind: TransferKind,
    read_amount: impl FnOnce(&Fields<'_>, &str, Currency) -> Result<Signed, ApiError>,
) -> Result<Order, ApiError> {
    let fields = Fields::read(body, &["reference", "amount", "currency", "reason"])?;
    let reference = fields.require_token("reference", Reference::parse)?;
    let currency = fields.require_currency("currency")?;
    let content = TransferContent {
        kind,
        amount: read_amount(&fields, "amount", currency)?,
        currency,
        note: Some(fields.require_text("reason")?),
    };
    Ok((reference, content))
}
