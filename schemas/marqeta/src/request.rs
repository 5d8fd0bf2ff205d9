//! A JIT funding request (reference section 3): from bytes to the canonical request.

mod summary;

use crate::catalog::{action, is_cash_withdrawal, request_message};
use crate::event::declined_authorization;
use crate::response::JitResponder;
use crate::transaction::{Purpose, Transaction};
use holdfast_events::json::{self, FieldError};
use holdfast_funding::journal::render_json;
use holdfast_funding::processor::{AuthorizationRequest, BadRequest};
use holdfast_ledger::money::Amount;
use std::sync::Arc;
use summary::Summary;

impl Transaction {
    /// Reads the body of a `POST /jit`: the bare transaction.
    ///
    /// # Errors
    /// [`FieldError`] for what interface section 3 refuses with 400: not a JSON object, a key twice in an object
    /// that is read, a required field missing, a token that is no token, an amount that is no amount. Objects
    /// that only inform (`card_acceptor`, `pos`, …) are absent where they are something else.
    pub fn parse_request(body: &[u8]) -> Result<Self, FieldError> {
        let mut read = Self::parse(json::utf8(body)?, Purpose::Request)?;
        if read.faults.is_empty() {
            Ok(read)
        } else {
            Err(read.faults.swap_remove(0))
        }
    }
}

/// Reads a request for the use cases.
pub(crate) fn read_request(body: &[u8]) -> Result<AuthorizationRequest, BadRequest> {
    let transaction = Transaction::parse_request(body).map_err(bad_request)?;
    canonical_request(transaction).ok_or_else(|| {
        let path = "gpa_order.jit_funding".to_owned();
        bad_request(FieldError::Missing { path })
    })
}

/// The canonical request; `None` where a required field is missing, which reading refuses.
fn canonical_request(transaction: Transaction) -> Option<AuthorizationRequest> {
    let account = transaction.account()?.clone();
    let amount = transaction.jit.amount?;
    Some(AuthorizationRequest {
        token: transaction.token.clone(),
        content_hash: transaction.request_hash(),
        account,
        action: action(&transaction),
        amount,
        currency_code: transaction.currency_code.clone()?,
        currency: transaction.currency,
        decimals: transaction.jit.decimals,
        cash_back_amount: transaction.cash_back_amount.unwrap_or(Amount::ZERO),
        is_cash_withdrawal: is_cash_withdrawal(&transaction.transaction_type),
        partial_approval_capable: transaction.terminal.partial_approval_capable,
        purchase_amount_only: transaction.terminal.purchase_amount_only,
        links: transaction.links(),
        message: request_message(&transaction),
        summary: render_json(&Summary::of(&transaction)),
        event: declined_authorization(&transaction, amount)?,
        respond_within: None,
        method: transaction.jit.method.clone()?,
        responder: Arc::new(JitResponder::new(
            transaction.jit,
            transaction.acting_user,
            transaction.currency,
        )?),
        card: transaction.card,
        card_product: transaction.card_product,
        transaction_type: transaction.transaction_type,
        state: transaction.state,
        mcc: transaction.merchant.mcc,
        mid: transaction.merchant.mid,
        attributes: transaction.attributes,
    })
}

/// A body that cannot be read, as the front answers it.
pub(crate) fn bad_request(error: FieldError) -> BadRequest {
    BadRequest {
        code: error.code(),
        message: error.to_string(),
        field: error.field().map(str::to_owned),
    }
}

#[cfg(test)]
mod tests;
