//! `/api/v1`: the private API of operators and programs (interface section 4).
//!
//! One table leads from each path to its handler. The order is always: token (401), path (404), method (405),
//! role (403), body (413, 400), and then the request itself. The body stays unread until the token and the
//! role are known.
//!
//! Manual changes are commands of `holdfast_funding`, as on the command line. The JSON shapes of responses are
//! in `holdfast_funding::view`, which the command line shares.

mod accounts;
mod alerts;
mod audit;
mod available;
mod call;
mod cards;
mod context;
mod controls;
mod dead_letters;
mod entries;
mod error;
mod fields;
mod holds;
mod matching;
mod operators;
mod page;
mod query;
mod response;
mod rules;
mod search;
mod segment;
mod settings;
mod simulate;
mod transactions;
mod transfers;
mod trial_balance;

pub use context::ApiContext;

use accounts::{handle_account, list_accounts};
use alerts::{acknowledge_alert, list_alerts, show_alert};
use audit::list_audit;
use available::show_available;
use call::{Call, admitted_calls};
use cards::{handle_card, list_cards};
use controls::{handle_control, list_controls};
use dead_letters::{list_dead_letters, replay_dead_letter, show_dead_letter};
use entries::list_entries;
use error::ApiError;
use holdfast_events::control::Kind;
use holdfast_runtime::settings::OperatorRole;
use holds::{list_holds, release_hold};
use matching::{list_unmatched, match_hold, unmatch_hold};
use response::{ApiResponse, respond};
use rules::{handle_account_rules, handle_card_rules, handle_program_rules};
use search::{list_decisions, list_transactions};
use segment::split_path;
use settings::handle_program;
use simulate::simulate_decision;
use transactions::show_transaction;
use transfers::{post_adjustment, post_transfer, post_write_off};
use trial_balance::show_trial_balance;
use warp::filters::BoxedFilter;
use warp::path::Tail;
use warp::reply::Response;
use warp::{Filter, path};

/// All routes under `/api/v1`. What is not under it is left to others.
#[must_use]
pub fn routes(context: ApiContext) -> BoxedFilter<(Response,)> {
    path!("api" / "v1" / ..)
        .and(path::tail())
        .and(admitted_calls(&context))
        .then(|path: Tail, call| {
            respond(call, async move |call| {
                handle_call(call, path.as_str()).await
            })
        })
        .boxed()
}

/// Leads a call to the handler of its path.
async fn handle_call(call: Call, path: &str) -> Result<ApiResponse, ApiError> {
    let segments = split_path(path)?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match *segments.as_slice() {
        ["accounts"] => list_accounts(call.get()?).await,
        ["accounts", token] => handle_account(call, token).await,
        ["accounts", token, "transfers"] => {
            post_transfer(call.post(OperatorRole::Admin)?, token).await
        }
        ["accounts", token, "adjustments"] => {
            post_adjustment(call.post(OperatorRole::Operator)?, token).await
        }
        ["accounts", token, "write-offs"] => {
            post_write_off(call.post(OperatorRole::Operator)?, token).await
        }
        ["accounts", token, "entries"] => list_entries(call.get()?, token).await,
        ["accounts", token, "holds"] => list_holds(call.get()?, token).await,
        ["accounts", token, "rules"] => handle_account_rules(call, token).await,
        ["holds", "unmatched"] => list_unmatched(call.get()?).await,
        ["holds", id, "release"] => release_hold(call.post(OperatorRole::Operator)?, id).await,
        ["holds", id, "match"] => match_hold(call.post(OperatorRole::Operator)?, id).await,
        ["holds", id, "unmatch"] => unmatch_hold(call.post(OperatorRole::Operator)?, id).await,
        ["transactions"] => list_transactions(call.get()?).await,
        ["transactions", token] => show_transaction(call.get()?, token).await,
        ["cards"] => list_cards(call.get()?).await,
        ["cards", token] => handle_card(call, token).await,
        ["cards", token, "rules"] => handle_card_rules(call, token).await,
        ["program"] => handle_program(call).await,
        ["program", "rules"] => handle_program_rules(call).await,
        ["trial-balance"] => show_trial_balance(call.get()?).await,
        ["decisions"] => list_decisions(call.get()?).await,
        ["decisions", "simulate"] => simulate_decision(call.post(OperatorRole::Viewer)?).await,
        ["alerts"] => list_alerts(call.get()?).await,
        ["alerts", id] => show_alert(call.get()?, id).await,
        ["alerts", id, "acknowledge"] => {
            acknowledge_alert(call.post(OperatorRole::Operator)?, id).await
        }
        ["audit"] => list_audit(call.get()?).await,
        ["dead-letters"] => list_dead_letters(call.get()?).await,
        ["dead-letters", id] => show_dead_letter(call.get()?, id).await,
        ["dead-letters", id, "replay"] => {
            replay_dead_letter(call.post(OperatorRole::Operator)?, id).await
        }
        ["velocity-controls", token, "available"] => show_available(call.get()?, token).await,
        ["velocity-controls"] => list_controls(call.get()?, Kind::Velocity).await,
        ["velocity-controls", token] => handle_control(call, Kind::Velocity, token).await,
        ["authorization-controls"] => list_controls(call.get()?, Kind::Authorization).await,
        ["authorization-controls", token] => handle_control(call, Kind::Authorization, token).await,
        ["exempt-mids"] => list_controls(call.get()?, Kind::Exemption).await,
        ["exempt-mids", token] => handle_control(call, Kind::Exemption, token).await,
        ["mcc-groups"] => list_controls(call.get()?, Kind::MccGroup).await,
        ["mcc-groups", token] => handle_control(call, Kind::MccGroup, token).await,
        ["merchant-groups"] => list_controls(call.get()?, Kind::MerchantGroup).await,
        ["merchant-groups", token] => handle_control(call, Kind::MerchantGroup, token).await,
        _ => Err(ApiError::not_found("no such resource")),
    }
}

#[cfg(test)]
mod tests;
