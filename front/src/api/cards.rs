//! `/cards/{token}`.

use super::call::Call;
use super::error::ApiError;
use super::fields::Fields;
use super::reply::Reply;
use super::segment::Segment;
use holdfast_funding::view::CardView;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_runtime::settings::OperatorRole;
use holdfast_store::Store;
use holdfast_store::card::{CardChange, CardState};
use http::Method;

pub(super) async fn card(call: Call, token: Segment) -> Result<Reply, ApiError> {
    match call.method {
        Method::GET => {
            let token = token.token(CardToken::parse)?;
            Reply::ok(&known(&call.context.store, &token).await?)
        }
        Method::PUT => {
            call.needs(OperatorRole::Operator)?;
            put(call, &token.token(CardToken::parse)?).await
        }
        _ => Err(ApiError::Method("GET, PUT")),
    }
}

async fn known(store: &Store, token: &CardToken) -> Result<CardView, ApiError> {
    let unknown = || ApiError::told(404, "unknown_card", "there is no such card", None);
    store
        .card(token)
        .await?
        .map(CardView::from)
        .ok_or_else(unknown)
}

async fn put(call: Call, token: &CardToken) -> Result<Reply, ApiError> {
    let (context, actor) = (call.context.clone(), call.operator.name.clone());
    let body = call.body().await?;
    let fields = Fields::read(&body, &["account", "state"])?;
    let account = fields.token("account", AccountToken::parse)?;
    let states = [
        ("active", CardState::Active),
        ("suspended", CardState::Suspended),
        ("closed", CardState::Closed),
    ];
    let state = fields.word("state", &states)?;
    let change = context.store.put_card(token, &account, state).await?;
    let is_new = match change {
        CardChange::Created => true,
        CardChange::Changed => false,
        CardChange::OfAnother => {
            let message = "the card belongs to another account";
            return Err(ApiError::told(
                409,
                "card_of_another_account",
                message,
                Some("account"),
            ));
        }
        CardChange::UnknownAccount => {
            let message = "there is no such account";
            return Err(ApiError::told(
                422,
                "unknown_account",
                message,
                Some("account"),
            ));
        }
    };
    tracing::info!(
        actor = %actor, card.token = %token, account.token = %account, state = ?state,
        "{actor} {} card {token}", if is_new { "registered" } else { "changed" },
    );
    Reply::put(is_new, &known(&context.store, token).await?)
}
