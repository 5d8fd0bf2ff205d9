//! Controls and groups as Marqeta's own API has them: `/velocity-controls`, `/authorization-controls`,
//! `/exempt-mids`, `/mcc-groups`, `/merchant-groups`, and each with `/{token}`.

use super::call::Call;
use super::error::ApiError;
use super::page::Query;
use super::reply::Reply;
use super::segment::Segment;
use holdfast_funding::command::{self, Actor};
use holdfast_ledger::token::ControlToken;
use holdfast_marqeta::control::Kind;
use holdfast_marqeta::json;
use holdfast_runtime::settings::OperatorRole;
use http::Method;
use serde::Serialize;
use serde_json::value::RawValue;

/// Lines of a page unless said otherwise, and at most.
const COUNT: usize = 100;
const COUNT_MAX: usize = 1_000;

/// A list as Marqeta has it.
#[derive(Serialize)]
struct List {
    count: usize,
    start_index: usize,
    end_index: usize,
    is_more: bool,
    data: Vec<Box<RawValue>>,
}

pub(super) async fn all(call: Call, kind: Kind) -> Result<Reply, ApiError> {
    if call.method != Method::GET {
        return Err(ApiError::Method("GET"));
    }
    let query = call.query.only(&["count", "start_index"])?;
    let count = number(query, "count", COUNT, COUNT_MAX)?.max(1);
    let start_index = number(query, "start_index", 0, usize::MAX)?;
    let data = command::controls(&call.context.store, kind).await?;
    let is_more = data.len().saturating_sub(start_index) > count;
    let data: Vec<_> = data.into_iter().skip(start_index).take(count).collect();
    Reply::ok(&List {
        count: data.len(),
        start_index,
        end_index: start_index.saturating_add(data.len().saturating_sub(1)),
        is_more,
        data,
    })
}

fn number(query: &Query, name: &str, usual: usize, most: usize) -> Result<usize, ApiError> {
    let Some(text) = query.get(name) else {
        return Ok(usual);
    };
    let number = text.parse().ok().filter(|number| *number <= most);
    number.ok_or_else(|| {
        let message = format!("{name} must be a whole number up to {most}");
        ApiError::bad("invalid_parameter", &message, Some(name))
    })
}

pub(super) async fn one(call: Call, kind: Kind, token: Segment) -> Result<Reply, ApiError> {
    match call.method {
        Method::GET => {
            let token = named(&token)?;
            Reply::ok(&command::control(&call.context.store, kind, token.as_str()).await?)
        }
        Method::PUT => {
            call.needs(OperatorRole::Admin)?;
            put(call, kind, &named(&token)?).await
        }
        Method::DELETE => {
            call.needs(OperatorRole::Admin)?;
            let (context, actor) = (call.context, Actor(call.operator.name));
            let token = named(&token)?;
            let which = (kind, token.as_str());
            command::delete_control(&context.store, &actor, which, context.now()).await?;
            Ok(Reply::nothing())
        }
        _ => Err(ApiError::Method("DELETE, GET, PUT")),
    }
}

/// Names of groups follow the same rules as those of controls.
fn named(token: &Segment) -> Result<ControlToken, ApiError> {
    token.token(ControlToken::parse)
}

async fn put(call: Call, kind: Kind, token: &ControlToken) -> Result<Reply, ApiError> {
    let (context, actor) = (call.context.clone(), Actor(call.operator.name.clone()));
    let body = call.body().await?;
    let (text, which) = (json::utf8(&body)?, (kind, token.as_str()));
    let put = command::put_control(&context.store, &actor, which, text, context.now()).await?;
    Reply::put(put.is_new, &put.printed)
}
