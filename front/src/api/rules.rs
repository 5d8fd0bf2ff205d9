//! Rules of the program, of an account and of a card: `/program/rules`, `/accounts/{token}/rules`,
//! `/cards/{token}/rules`.

use super::call::Call;
use super::error::ApiError;
use super::response::ApiResponse;
use super::segment::parse_token;
use holdfast_events::json;
use holdfast_funding::command;
use holdfast_ledger::control::RulesOf;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_runtime::settings::OperatorRole;
use http::Method;

pub(super) async fn handle_program_rules(call: Call) -> Result<ApiResponse, ApiError> {
    handle_rules(call, || Ok(RulesOf::Program)).await
}

pub(super) async fn handle_account_rules(call: Call, token: &str) -> Result<ApiResponse, ApiError> {
    handle_rules(call, || {
        parse_token(token, AccountToken::parse).map(RulesOf::Account)
    })
    .await
}

pub(super) async fn handle_card_rules(call: Call, token: &str) -> Result<ApiResponse, ApiError> {
    handle_rules(call, || {
        parse_token(token, CardToken::parse).map(RulesOf::Card)
    })
    .await
}

async fn handle_rules(
    call: Call,
    of: impl FnOnce() -> Result<RulesOf, ApiError>,
) -> Result<ApiResponse, ApiError> {
    let context = call.context.clone();
    match call.method {
        Method::GET => ApiResponse::ok(&command::rules(&context.store, &of()?).await?),
        Method::PUT => {
            call.require_role(OperatorRole::Admin)?;
            let (of, actor) = (of()?, call.actor()?);
            let body = call.body().await?;
            let body = json::utf8(&body)?;
            let put = command::put_rules(&context.store, &actor, of, body, context.now()).await?;
            ApiResponse::created_or_ok(put.is_new, &put.printed)
        }
        Method::DELETE => {
            call.require_role(OperatorRole::Admin)?;
            let actor = call.actor()?;
            command::delete_rules(&context.store, &actor, &of()?, context.now()).await?;
            Ok(ApiResponse::no_content())
        }
        _ => Err(ApiError::Method("DELETE, GET, PUT")),
    }
}
