//! `/accounts/{token}/transfers`, `…/adjustments` and `…/write-offs`.

use super::call::Call;
use super::error::ApiError;
use super::fields::Fields;
use super::reply::Reply;
use super::segment::Segment;
use bytes::Bytes;
use holdfast_funding::command::{self, Actor};
use holdfast_funding::view::TransferView;
use holdfast_ledger::token::{AccountToken, Reference};
use holdfast_runtime::settings::OperatorRole;
use holdfast_store::transfer::{TransferContent, TransferKind};
use http::Method;

/// What a body says.
type Order = (Reference, TransferContent);

pub(super) async fn transfer(call: Call, token: Segment) -> Result<Reply, ApiError> {
    if call.method != Method::POST {
        return Err(ApiError::Method("POST"));
    }
    call.needs(OperatorRole::Admin)?;
    make(call, &token, read_transfer).await
}

pub(super) async fn adjustment(call: Call, token: Segment) -> Result<Reply, ApiError> {
    if call.method != Method::POST {
        return Err(ApiError::Method("POST"));
    }
    call.needs(OperatorRole::Operator)?;
    make(call, &token, read_adjustment).await
}

pub(super) async fn write_off(call: Call, token: Segment) -> Result<Reply, ApiError> {
    if call.method != Method::POST {
        return Err(ApiError::Method("POST"));
    }
    call.needs(OperatorRole::Operator)?;
    make(call, &token, read_write_off).await
}

async fn make(
    call: Call,
    token: &Segment,
    read: fn(&Bytes) -> Result<Order, ApiError>,
) -> Result<Reply, ApiError> {
    let account = token.token(AccountToken::parse)?;
    let (context, actor) = (call.context.clone(), Actor(call.operator.name.clone()));
    let (reference, content) = read(&call.body().await?)?;
    let order = command::order(reference, content, context.now());
    let done = command::transfer(&context.store, &actor, &account, &order).await?;
    Reply::put(done.is_new, &TransferView::from(&done.transfer))
}

fn read_transfer(body: &Bytes) -> Result<Order, ApiError> {
    let known = ["reference", "direction", "amount", "currency", "memo"];
    let fields = Fields::read(body, &known)?;
    let reference = fields.token("reference", Reference::parse)?;
    fields.required("direction")?;
    let is_credit = fields.word("direction", &[("credit", true), ("debit", false)])?;
    let currency = fields.currency("currency")?;
    let amount = fields.amount("amount", currency)?;
    let content = TransferContent {
        kind: TransferKind::Transfer,
        amount: if is_credit == Some(true) {
            amount.credit()
        } else {
            amount.debit()
        },
        currency,
        note: fields.text("memo")?,
    };
    Ok((reference, content))
}

fn read_adjustment(body: &Bytes) -> Result<Order, ApiError> {
    let fields = Fields::read(body, &["reference", "amount", "currency", "reason"])?;
    let reference = fields.token("reference", Reference::parse)?;
    let currency = fields.currency("currency")?;
    let content = TransferContent {
        kind: TransferKind::Adjustment,
        amount: fields.signed("amount", currency)?,
        currency,
        note: Some(fields.required("reason")?),
    };
    Ok((reference, content))
}

fn read_write_off(body: &Bytes) -> Result<Order, ApiError> {
    let fields = Fields::read(body, &["reference", "amount", "currency", "reason"])?;
    let reference = fields.token("reference", Reference::parse)?;
    let currency = fields.currency("currency")?;
    let content = TransferContent {
        kind: TransferKind::WriteOff,
        amount: fields.amount("amount", currency)?.credit(),
        currency,
        note: Some(fields.required("reason")?),
    };
    Ok((reference, content))
}
