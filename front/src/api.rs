//! `/api/v1`: what operators and programs ask and do (interface section 4).
//!
//! Each path is one boxed route whose handler looks at the method itself, so that nothing falls through
//! from one route to the next. The order is always: token (401), method (405), role (403), body (413,
//! 400), and then what was asked for. The body stays unread until the token and the role are known.
//!
//! Manual changes are commands of `holdfast_funding`, as on the command line.
//! * [`unmatched`]: force captures that wait for somebody to find their purchase.
//! * `controls`: what may be spent and where, in Marqeta's own shape.
//! * [`view`]: the JSON shapes of answers, shared with the command line.

mod accounts;
mod alerts;
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
mod reply;
mod rules;
mod segment;
mod settings;
mod simulate;
mod transactions;
mod transfers;
mod trial_balance;

pub use context::ApiContext;

use call::calls;
use error::ApiError;
use holdfast_events::control::Kind;
use reply::respond;
use segment::Segment;
use warp::filters::BoxedFilter;
use warp::reply::Response;
use warp::{Filter, path};

/// All routes under `/api/v1`. What is not under it is left to others.
#[must_use]
pub fn routes(context: ApiContext) -> BoxedFilter<(Response,)> {
    let unknown = path!("api" / "v1" / ..)
        .and(calls(&context))
        .then(|call| {
            respond(call, |_| async {
                Err(ApiError::not_found("no such resource"))
            })
        })
        .boxed();
    account_routes(&context)
        .or(hold_routes(&context))
        .unify()
        .or(program_routes(&context))
        .unify()
        .or(alert_routes(&context))
        .unify()
        .or(dead_letter_routes(&context))
        .unify()
        .or(control_routes(&context))
        .unify()
        .or(group_routes(&context))
        .unify()
        .or(rules_routes(&context))
        .unify()
        .or(unknown)
        .unify()
        .boxed()
}

fn account_routes(context: &ApiContext) -> BoxedFilter<(Response,)> {
    let account = path!("api" / "v1" / "accounts" / Segment)
        .and(calls(context))
        .then(|token, call| respond(call, |call| accounts::account(call, token)))
        .boxed();
    let transfers = path!("api" / "v1" / "accounts" / Segment / "transfers")
        .and(calls(context))
        .then(|token, call| respond(call, |call| transfers::transfer(call, token)))
        .boxed();
    let adjustments = path!("api" / "v1" / "accounts" / Segment / "adjustments")
        .and(calls(context))
        .then(|token, call| respond(call, |call| transfers::adjustment(call, token)))
        .boxed();
    let write_offs = path!("api" / "v1" / "accounts" / Segment / "write-offs")
        .and(calls(context))
        .then(|token, call| respond(call, |call| transfers::write_off(call, token)))
        .boxed();
    let entries = path!("api" / "v1" / "accounts" / Segment / "entries")
        .and(calls(context))
        .then(|token, call| respond(call, |call| entries::entries(call, token)))
        .boxed();
    let holds = path!("api" / "v1" / "accounts" / Segment / "holds")
        .and(calls(context))
        .then(|token, call| respond(call, |call| holds::of_account(call, token)))
        .boxed();
    let money = transfers.or(adjustments).unify().or(write_offs).unify();
    let lists = entries.or(holds).unify();
    account.or(money).unify().or(lists).unify().boxed()
}

fn hold_routes(context: &ApiContext) -> BoxedFilter<(Response,)> {
    let release = path!("api" / "v1" / "holds" / Segment / "release")
        .and(calls(context))
        .then(|id, call| respond(call, |call| holds::release(call, id)))
        .boxed();
    let unmatched = path!("api" / "v1" / "holds" / "unmatched")
        .and(calls(context))
        .then(|call| respond(call, matching::unmatched))
        .boxed();
    let matching = path!("api" / "v1" / "holds" / Segment / "match")
        .and(calls(context))
        .then(|id, call| respond(call, |call| matching::match_by_hand(call, id)))
        .boxed();
    let unmatch = path!("api" / "v1" / "holds" / Segment / "unmatch")
        .and(calls(context))
        .then(|id, call| respond(call, |call| matching::unmatch(call, id)))
        .boxed();
    let transaction = path!("api" / "v1" / "transactions" / Segment)
        .and(calls(context))
        .then(|token, call| respond(call, |call| transactions::transaction(call, token)))
        .boxed();
    let card = path!("api" / "v1" / "cards" / Segment)
        .and(calls(context))
        .then(|token, call| respond(call, |call| cards::card(call, token)))
        .boxed();
    let matches = unmatched.or(matching).unify().or(unmatch).unify();
    let others = transaction.or(card).unify();
    release.or(matches).unify().or(others).unify().boxed()
}

fn program_routes(context: &ApiContext) -> BoxedFilter<(Response,)> {
    let program = path!("api" / "v1" / "program")
        .and(calls(context))
        .then(|call| respond(call, settings::program))
        .boxed();
    let trial_balance = path!("api" / "v1" / "trial-balance")
        .and(calls(context))
        .then(|call| respond(call, trial_balance::trial_balance))
        .boxed();
    let simulated = path!("api" / "v1" / "decisions" / "simulate")
        .and(calls(context))
        .then(|call| respond(call, simulate::simulated))
        .boxed();
    let explained = trial_balance.or(simulated).unify();
    program.or(explained).unify().boxed()
}

fn alert_routes(context: &ApiContext) -> BoxedFilter<(Response,)> {
    let alerts = path!("api" / "v1" / "alerts")
        .and(calls(context))
        .then(|call| respond(call, alerts::alerts))
        .boxed();
    let alert = path!("api" / "v1" / "alerts" / Segment)
        .and(calls(context))
        .then(|id, call| respond(call, |call| alerts::alert(call, id)))
        .boxed();
    let acknowledge = path!("api" / "v1" / "alerts" / Segment / "acknowledge")
        .and(calls(context))
        .then(|id, call| respond(call, |call| alerts::acknowledge(call, id)))
        .boxed();
    alerts.or(alert).unify().or(acknowledge).unify().boxed()
}

fn dead_letter_routes(context: &ApiContext) -> BoxedFilter<(Response,)> {
    let all = path!("api" / "v1" / "dead-letters")
        .and(calls(context))
        .then(|call| respond(call, dead_letters::all))
        .boxed();
    let one = path!("api" / "v1" / "dead-letters" / Segment)
        .and(calls(context))
        .then(|id, call| respond(call, |call| dead_letters::one(call, id)))
        .boxed();
    let replay = path!("api" / "v1" / "dead-letters" / Segment / "replay")
        .and(calls(context))
        .then(|id, call| respond(call, |call| dead_letters::replay(call, id)))
        .boxed();
    all.or(one).unify().or(replay).unify().boxed()
}

fn control_routes(context: &ApiContext) -> BoxedFilter<(Response,)> {
    let limit = path!("api" / "v1" / "velocity-controls" / Segment)
        .and(calls(context))
        .then(|token, call| respond(call, |call| controls::one(call, Kind::Velocity, token)))
        .boxed();
    let limits = path!("api" / "v1" / "velocity-controls")
        .and(calls(context))
        .then(|call| respond(call, |call| controls::all(call, Kind::Velocity)))
        .boxed();
    let permit = path!("api" / "v1" / "authorization-controls" / Segment)
        .and(calls(context))
        .then(|token, call| respond(call, |call| controls::one(call, Kind::Authorization, token)))
        .boxed();
    let permits = path!("api" / "v1" / "authorization-controls")
        .and(calls(context))
        .then(|call| respond(call, |call| controls::all(call, Kind::Authorization)))
        .boxed();
    let exemption = path!("api" / "v1" / "exempt-mids" / Segment)
        .and(calls(context))
        .then(|token, call| respond(call, |call| controls::one(call, Kind::Exemption, token)))
        .boxed();
    let exemptions = path!("api" / "v1" / "exempt-mids")
        .and(calls(context))
        .then(|call| respond(call, |call| controls::all(call, Kind::Exemption)))
        .boxed();
    let available = path!("api" / "v1" / "velocity-controls" / Segment / "available")
        .and(calls(context))
        .then(|token, call| respond(call, |call| available::available(call, token)))
        .boxed();
    let limits = limit.or(limits).unify().or(available).unify();
    let permits = permit.or(permits).unify();
    let exemptions = exemption.or(exemptions).unify();
    limits.or(permits).unify().or(exemptions).unify().boxed()
}

fn group_routes(context: &ApiContext) -> BoxedFilter<(Response,)> {
    let category = path!("api" / "v1" / "mcc-groups" / Segment)
        .and(calls(context))
        .then(|token, call| respond(call, |call| controls::one(call, Kind::MccGroup, token)))
        .boxed();
    let categories = path!("api" / "v1" / "mcc-groups")
        .and(calls(context))
        .then(|call| respond(call, |call| controls::all(call, Kind::MccGroup)))
        .boxed();
    let merchant = path!("api" / "v1" / "merchant-groups" / Segment)
        .and(calls(context))
        .then(|token, call| respond(call, |call| controls::one(call, Kind::MerchantGroup, token)))
        .boxed();
    let merchants = path!("api" / "v1" / "merchant-groups")
        .and(calls(context))
        .then(|call| respond(call, |call| controls::all(call, Kind::MerchantGroup)))
        .boxed();
    let categories = category.or(categories).unify();
    categories
        .or(merchant)
        .unify()
        .or(merchants)
        .unify()
        .boxed()
}

fn rules_routes(context: &ApiContext) -> BoxedFilter<(Response,)> {
    let program = path!("api" / "v1" / "program" / "rules")
        .and(calls(context))
        .then(|call| respond(call, rules::of_program))
        .boxed();
    let account = path!("api" / "v1" / "accounts" / Segment / "rules")
        .and(calls(context))
        .then(|token, call| respond(call, |call| rules::of_account(call, token)))
        .boxed();
    let card = path!("api" / "v1" / "cards" / Segment / "rules")
        .and(calls(context))
        .then(|token, call| respond(call, |call| rules::of_card(call, token)))
        .boxed();
    program.or(account).unify().or(card).unify().boxed()
}

#[cfg(test)]
mod tests;
