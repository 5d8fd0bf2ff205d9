//! `/accounts/{token}`.

use super::call::Call;
use super::error::ApiError;
use super::fields::{Fields, currency};
use super::reply::Reply;
use super::segment::Segment;
use bytes::Bytes;
use holdfast_funding::view::AccountView;
use holdfast_ledger::book::{AccountKind, AccountState};
use holdfast_ledger::money::Currency;
use holdfast_ledger::token::AccountToken;
use holdfast_runtime::settings::OperatorRole;
use holdfast_store::Store;
use holdfast_store::account::{AccountChange, StoredAccount};
use http::Method;
use std::collections::BTreeSet;

pub(super) async fn account(call: Call, token: Segment) -> Result<Reply, ApiError> {
    match call.method {
        Method::GET => {
            let token = token.token(AccountToken::parse)?;
            Reply::ok(&shown(&known(&call.context.store, &token).await?)?)
        }
        Method::PUT => {
            call.needs(OperatorRole::Admin)?;
            put(call, &token.token(AccountToken::parse)?).await
        }
        _ => Err(ApiError::Method("GET, PUT")),
    }
}

/// The account, or 404.
pub(super) async fn known(store: &Store, token: &AccountToken) -> Result<StoredAccount, ApiError> {
    let unknown = || ApiError::told(404, "unknown_account", "there is no such account", None);
    store.account(token).await?.ok_or_else(unknown)
}

async fn put(call: Call, token: &AccountToken) -> Result<Reply, ApiError> {
    let (context, actor) = (call.context.clone(), call.operator.name.clone());
    let change = read(&call.body().await?)?;
    let is_new = context.store.put_account(token, &change).await?;
    tracing::info!(
        actor = %actor, account.token = %token, change = ?change,
        "{actor} {} account {token}", if is_new { "created" } else { "changed" },
    );
    Reply::put(is_new, &shown(&known(&context.store, token).await?)?)
}

fn read(body: &Bytes) -> Result<AccountChange, ApiError> {
    let fields = Fields::read(body, &["state", "currencies", "kind"])?;
    let states = [
        ("active", AccountState::Active),
        ("suspended", AccountState::Suspended),
        ("closed", AccountState::Closed),
    ];
    let kinds = [
        ("user", AccountKind::User),
        ("business", AccountKind::Business),
    ];
    Ok(AccountChange {
        state: fields.word("state", &states)?,
        kind: fields.word("kind", &kinds)?,
        currencies: currencies(&fields)?,
    })
}

fn currencies(fields: &Fields<'_>) -> Result<BTreeSet<Currency>, ApiError> {
    let Some(raw) = fields.raw("currencies") else {
        return Ok(BTreeSet::new());
    };
    let codes: Vec<String> = serde_json::from_str(raw.get()).map_err(|_| {
        let message = "currencies must be a list of currency codes";
        ApiError::bad("invalid_field", message, Some("currencies"))
    })?;
    codes
        .iter()
        .map(|code| currency(code, "currencies"))
        .collect()
}

fn shown(account: &StoredAccount) -> Result<AccountView, ApiError> {
    AccountView::of(account).map_err(|error| ApiError::Internal(error.to_string()))
}
