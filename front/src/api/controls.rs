//! Controls and groups as Marqeta's own API has them: `/velocity-controls`, `/authorization-controls`,
//! `/exempt-mids`, `/mcc-groups`, `/merchant-groups`, and each with `/{token}`.

use super::call::Call;
use super::error::ApiError;
use super::query::Query;
use super::response::ApiResponse;
use super::segment::parse_token;
use holdfast_events::control::Kind;
use holdfast_events::json;
use holdfast_funding::command;
use holdfast_ledger::token::ControlToken;
use holdfast_runtime::settings::OperatorRole;
use http::Method;
use serde::Serialize;
use serde_json::value::RawValue;

/// Lines of a page unless said otherwise, and at most.
const COUNT: usize = 100;
const COUNT_MAX: usize = 1_000;

/// A list of controls as Marqeta has it.
#[derive(Serialize)]
struct ControlList {
    count: usize,
    start_index: usize,
    end_index: usize,
    is_more: bool,
    data: Vec<Box<RawValue>>,
}

pub(super) async fn list_controls(call: Call, kind: Kind) -> Result<ApiResponse, ApiError> {
    let query = call.query.check_names(&["count", "start_index"])?;
    let count = parse_number(query, "count", COUNT, COUNT_MAX)?.max(1);
    let start_index = parse_number(query, "start_index", 0, usize::MAX)?;
    let data = command::controls(&call.context.store, kind).await?;
    let is_more = data.len().saturating_sub(start_index) > count;
    let data: Vec<_> = data.into_iter().skip(start_index).take(count).collect();
    ApiResponse::ok(&ControlList {
        count: data.len(),
        start_index,
        end_index: start_index.saturating_add(data.len().saturating_sub(1)),
        is_more,
        data,
    })
}

fn parse_number(query: &Query, name: &str, usual: usize, most: usize) -> Result<usize, ApiError> {
    let Some(text) = query.get(name) else {
        return Ok(usual);
    };
    let number = text.parse().ok().filter(|number| *number <= most);
    number.ok_or_else(|| {
        let message = format!("{name} must be a whole number up to {most}");
        ApiError::bad_request("invalid_parameter", &message, Some(name))
    })
}

pub(super) async fn handle_control(
    call: Call,
    kind: Kind,
    token: &str,
) -> Result<ApiResponse, ApiError> {
    match call.method {
        Method::GET => {
            let token = parse_name(token)?;
            ApiResponse::ok(&command::control(&call.context.store, kind, token.as_str()).await?)
        }
        Method::PUT => {
            call.require_role(OperatorRole::Admin)?;
            put_control(call, kind, &parse_name(token)?).await
        }
        Method::DELETE => {
            call.require_role(OperatorRole::Admin)?;
            let (actor, context) = (call.actor()?, call.context);
            let token = parse_name(token)?;
            let which = (kind, token.as_str());
            command::delete_control(&context.store, &actor, which, context.now()).await?;
            Ok(ApiResponse::no_content())
        }
        _ => Err(ApiError::Method("DELETE, GET, PUT")),
    }
}

/// Names of groups follow the same rules as those of controls.
fn parse_name(token: &str) -> Result<ControlToken, ApiError> {
    parse_token(token, ControlToken::parse)
}

async fn put_control(
    call: Call,
    kind: Kind,
    token: &ControlToken,
) -> Result<ApiResponse, ApiError> {
    let (context, actor, body) = call.read_command().await?;
    let (text, which) = (json::utf8(&body)?, (kind, token.as_str()));
    let put = command::put_control(&context.store, &actor, which, text, context.now()).await?;
    ApiResponse::created_or_ok(put.is_new, &put.printed)
}
