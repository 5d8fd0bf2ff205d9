//! `/velocity-controls/{token}/available`: what an account may still use of a limit.

use super::call::Call;
use super::error::ApiError;
use super::reply::Reply;
use super::segment::Segment;
use holdfast_funding::command::{self, Asked, UsageError};
use holdfast_ledger::token::{AccountToken, CardToken, ControlToken, TokenError};
use http::Method;

pub(super) async fn available(call: Call, token: Segment) -> Result<Reply, ApiError> {
    if call.method != Method::GET {
        return Err(ApiError::Method("GET"));
    }
    let token = token.token(ControlToken::parse)?;
    let query = call.query.only(&["account", "card"])?;
    let asked = Asked {
        account: whose(query.get("account"), "account", AccountToken::parse)?,
        card: whose(query.get("card"), "card", CardToken::parse)?,
    };
    let context = &call.context;
    let usage = command::usage(&context.store, &token, &asked, context.now()).await;
    let usage = usage.map_err(|error| refused(error, &asked))?;
    Reply::ok(&usage.printed()?)
}

fn whose<T>(
    text: Option<&str>,
    name: &'static str,
    parse: impl FnOnce(&str) -> Result<T, TokenError>,
) -> Result<Option<T>, ApiError> {
    text.map(parse).transpose().map_err(|error| {
        let message = format!("{name} {error}");
        ApiError::bad("invalid_token", &message, Some(name))
    })
}

fn refused(error: UsageError, asked: &Asked) -> ApiError {
    let message = error.to_string();
    let bad = |field| ApiError::bad("invalid_parameter", &message, Some(field));
    match error {
        UsageError::Control(error) => error.into(),
        UsageError::Nobody => bad("account"),
        UsageError::UnknownAccount(_) => ApiError::told(404, "unknown_account", &message, None),
        UsageError::UnknownCard(_) => ApiError::told(404, "unknown_card", &message, None),
        UsageError::OfAnother(..) => bad("card"),
        UsageError::NotFor(..) if asked.account.is_none() => bad("card"),
        UsageError::NotFor(..) => bad("account"),
        UsageError::Store(error) => error.into(),
    }
}
