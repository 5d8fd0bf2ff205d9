//! `/velocity-controls/{token}/available`: what an account may still use of a limit.

use super::call::Call;
use super::error::ApiError;
use super::response::ApiResponse;
use super::segment::parse_token;
use holdfast_funding::command::{self, Asked, UsageError};
use holdfast_ledger::token::{AccountToken, CardToken, ControlToken, TokenError};

pub(super) async fn show_available(call: Call, token: &str) -> Result<ApiResponse, ApiError> {
    let token = parse_token(token, ControlToken::parse)?;
    let query = call.query.check_names(&["account", "card"])?;
    let asked = Asked {
        account: parse_owner(query.get("account"), "account", AccountToken::parse)?,
        card: parse_owner(query.get("card"), "card", CardToken::parse)?,
    };
    let context = &call.context;
    let usage = command::usage(&context.store, &token, &asked, context.now()).await;
    let usage = usage.map_err(|error| error_of_usage(error, &asked))?;
    ApiResponse::ok(&usage.printed()?)
}

fn parse_owner<T>(
    text: Option<&str>,
    name: &'static str,
    parse: impl FnOnce(&str) -> Result<T, TokenError>,
) -> Result<Option<T>, ApiError> {
    text.map(parse).transpose().map_err(|error| {
        let message = format!("{name} {error}");
        ApiError::bad_request("invalid_token", &message, Some(name))
    })
}

fn error_of_usage(error: UsageError, asked: &Asked) -> ApiError {
    let message = error.to_string();
    let bad = |field| ApiError::bad_request("invalid_parameter", &message, Some(field));
    match error {
        UsageError::Control(error) => error.into(),
        UsageError::NoAccount => bad("account"),
        UsageError::UnknownAccount(_) => {
            ApiError::with_code(404, "unknown_account", &message, None)
        }
        UsageError::UnknownCard(_) => ApiError::with_code(404, "unknown_card", &message, None),
        UsageError::OfAnother(..) => bad("card"),
        UsageError::NotFor(..) if asked.account.is_none() => bad("card"),
        UsageError::NotFor(..) => bad("account"),
        UsageError::Store(error) => error.into(),
    }
}
