//! Rules of the program, of an account and of a card: `/program/rules`, `/accounts/{token}/rules`,
//! `/cards/{token}/rules`.

use super::call::Call;
use super::error::ApiError;
use super::reply::Reply;
use super::segment::Segment;
use holdfast_funding::command::{self, Actor};
use holdfast_ledger::control::RulesOf;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_marqeta::json;
use holdfast_runtime::settings::OperatorRole;
use http::Method;

pub(super) async fn of_program(call: Call) -> Result<Reply, ApiError> {
    rules(call, || Ok(RulesOf::Program)).await
}

pub(super) async fn of_account(call: Call, token: Segment) -> Result<Reply, ApiError> {
    rules(call, || {
        token.token(AccountToken::parse).map(RulesOf::Account)
    })
    .await
}

pub(super) async fn of_card(call: Call, token: Segment) -> Result<Reply, ApiError> {
    rules(call, || token.token(CardToken::parse).map(RulesOf::Card)).await
}

async fn rules(
    call: Call,
    of: impl FnOnce() -> Result<RulesOf, ApiError>,
) -> Result<Reply, ApiError> {
    let (context, actor) = (call.context.clone(), Actor(call.operator.name.clone()));
    match call.method {
        Method::GET => Reply::ok(&command::rules(&context.store, &of()?).await?),
        Method::PUT => {
            call.needs(OperatorRole::Admin)?;
            let (of, body) = (of()?, call.body().await?);
            let body = json::utf8(&body)?;
            let put = command::put_rules(&context.store, &actor, of, body, context.now()).await?;
            Reply::put(put.is_new, &put.printed)
        }
        Method::DELETE => {
            call.needs(OperatorRole::Admin)?;
            command::delete_rules(&context.store, &actor, &of()?, context.now()).await?;
            Ok(Reply::nothing())
        }
        _ => Err(ApiError::Method("DELETE, GET, PUT")),
    }
}
