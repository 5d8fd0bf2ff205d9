//! `/accounts` and `/accounts/{token}`.

use super::call::Call;
use super::error::ApiError;
use super::fields::{Fields, parse_currency};
use super::page::render_page;
use super::response::ApiResponse;
use super::segment::parse_token;
use bytes::Bytes;
use holdfast_funding::command;
use holdfast_funding::view::AccountView;
use holdfast_ledger::book::{AccountKind, AccountState};
use holdfast_ledger::money::Currency;
use holdfast_ledger::token::AccountToken;
use holdfast_runtime::settings::OperatorRole;
use holdfast_store::Store;
use holdfast_store::account::{AccountChange, AccountFilter, StoredAccount};
use http::Method;
use std::collections::BTreeSet;

/// The states that an account may be in.
const STATES: [(&str, AccountState); 4] = [
    ("active", AccountState::Active),
    ("suspended", AccountState::Suspended),
    ("closed", AccountState::Closed),
    ("unregistered", AccountState::Unregistered),
];
const KINDS: [(&str, AccountKind); 2] = [
    ("user", AccountKind::User),
    ("business", AccountKind::Business),
];

pub(super) async fn list_accounts(call: Call) -> Result<ApiResponse, ApiError> {
    let query = call
        .query
        .check_names(&["state", "kind", "limit", "cursor"])?;
    let limit = query.parse_limit()?;
    let filter = AccountFilter {
        state: query.parse_word("state", &STATES)?,
        kind: query.parse_word("kind", &KINDS)?,
        after: query.parse_cursor(|cursor| AccountToken::parse(cursor).ok())?,
        limit: limit.saturating_add(1),
    };
    let accounts = call.context.store.accounts(&filter).await?;
    let views = accounts
        .iter()
        .map(view_account)
        .collect::<Result<_, _>>()?;
    let cursor = |account: &AccountView| account.token.clone();
    render_page(("accounts", limit), views, cursor, Some)
}

pub(super) async fn handle_account(call: Call, token: &str) -> Result<ApiResponse, ApiError> {
    match call.method {
        Method::GET => {
            let token = parse_token(token, AccountToken::parse)?;
            let account = find_account(&call.context.store, &token).await?;
            ApiResponse::ok(&view_account(&account)?)
        }
        Method::PUT => {
            call.require_role(OperatorRole::Admin)?;
            put_account(call, &parse_token(token, AccountToken::parse)?).await
        }
        _ => Err(ApiError::Method("GET, PUT")),
    }
}

/// The account, or 404.
pub(super) async fn find_account(
    store: &Store,
    token: &AccountToken,
) -> Result<StoredAccount, ApiError> {
    let unknown = || ApiError::with_code(404, "unknown_account", "there is no such account", None);
    store.account(token).await?.ok_or_else(unknown)
}

async fn put_account(call: Call, token: &AccountToken) -> Result<ApiResponse, ApiError> {
    let (context, actor, body) = call.read_command().await?;
    let (change, now) = (read_change(&body)?, context.now());
    let put = command::put_account(&context.store, &actor, token, &change, now).await?;
    ApiResponse::created_or_ok(put.is_new, &view_account(&put.after)?)
}

fn read_change(body: &Bytes) -> Result<AccountChange, ApiError> {
    let fields = Fields::read(body, &["state", "currencies", "kind"])?;
    // `unregistered` is what money makes of an account that does not exist; an operator cannot set it.
    let (settable, _) = STATES.split_at(3);
    Ok(AccountChange {
        state: fields.find_word("state", settable)?,
        kind: fields.find_word("kind", &KINDS)?,
        currencies: read_currencies(&fields)?,
    })
}

fn read_currencies(fields: &Fields<'_>) -> Result<BTreeSet<Currency>, ApiError> {
    let Some(raw) = fields.raw("currencies") else {
        return Ok(BTreeSet::new());
    };
    let codes: Vec<String> = serde_json::from_str(raw.get()).map_err(|_| {
        let message = "currencies must be a list of currency codes";
        ApiError::bad_request("invalid_field", message, Some("currencies"))
    })?;
    codes
        .iter()
        .map(|code| parse_currency(code, "currencies"))
        .collect()
}

fn view_account(account: &StoredAccount) -> Result<AccountView, ApiError> {
    AccountView::of(account).map_err(|error| ApiError::Internal(error.to_string()))
}
