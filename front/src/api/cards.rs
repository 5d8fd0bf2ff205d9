//! `/cards` and `/cards/{token}`.

use super::call::Call;
use super::error::ApiError;
use super::fields::Fields;
use super::page::render_page;
use super::response::ApiResponse;
use super::segment::parse_token;
use holdfast_funding::command;
use holdfast_funding::view::CardView;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_runtime::settings::OperatorRole;
use holdfast_store::Store;
use holdfast_store::card::{CardChange, CardFilter, CardRow, CardState};
use http::Method;

pub(super) async fn list_cards(call: Call) -> Result<ApiResponse, ApiError> {
    let query = call.query.check_names(&["account", "limit", "cursor"])?;
    let limit = query.parse_limit()?;
    let filter = CardFilter {
        account: query.parse_token("account", AccountToken::parse)?,
        after: query.parse_cursor(|cursor| CardToken::parse(cursor).ok())?,
        limit: limit.saturating_add(1),
    };
    let cards = call.context.store.cards(&filter).await?;
    let cursor = |card: &CardRow| card.token.as_str().to_owned();
    render_page(("cards", limit), cards, cursor, |card| {
        Some(CardView::from(card))
    })
}

pub(super) async fn handle_card(call: Call, token: &str) -> Result<ApiResponse, ApiError> {
    match call.method {
        Method::GET => {
            let token = parse_token(token, CardToken::parse)?;
            ApiResponse::ok(&view_card(&call.context.store, &token).await?)
        }
        Method::PUT => {
            call.require_role(OperatorRole::Operator)?;
            put_card(call, &parse_token(token, CardToken::parse)?).await
        }
        _ => Err(ApiError::Method("GET, PUT")),
    }
}

async fn view_card(store: &Store, token: &CardToken) -> Result<CardView, ApiError> {
    let unknown = || ApiError::with_code(404, "unknown_card", "there is no such card", None);
    store
        .card(token)
        .await?
        .map(CardView::from)
        .ok_or_else(unknown)
}

async fn put_card(call: Call, token: &CardToken) -> Result<ApiResponse, ApiError> {
    let (context, actor, body) = call.read_command().await?;
    let fields = Fields::read(&body, &["account", "state"])?;
    let account = fields.require_token("account", AccountToken::parse)?;
    let states = [
        ("active", CardState::Active),
        ("suspended", CardState::Suspended),
        ("closed", CardState::Closed),
    ];
    let state = fields.find_word("state", &states)?;
    let (which, now) = ((token, &account), context.now());
    let put = command::put_card(&context.store, &actor, which, state, now).await?;
    let is_new = match put.change {
        CardChange::Created => true,
        CardChange::Changed => false,
        CardChange::OfAnother => {
            let message = "the card belongs to another account";
            return Err(account_error(409, "card_of_another_account", message));
        }
        CardChange::UnknownAccount => {
            let message = "there is no such account";
            return Err(account_error(422, "unknown_account", message));
        }
    };
    ApiResponse::created_or_ok(is_new, &view_card(&context.store, token).await?)
}

fn account_error(status: u16, code: &'static str, message: &str) -> ApiError {
    ApiError::with_code(status, code, message, Some("account"))
}
