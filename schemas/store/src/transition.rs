//! State transitions of cards and accounts: stored once each, and folded into the state in force.
//!
//! Every writer locks the card's or account's state first, stores its transitions, reads **all** of them
//! in a later statement and writes what they fold to. So the stored state is that of the stored set,
//! whichever writer came last.

mod account;
mod card;

use crate::json;
use holdfast_ledger::transition::{Subject, Transition, state_in_force};
use std::collections::BTreeMap;

/// Card or account, token of the transition, state, time.
type TransitionRow = (String, String, String, Option<time::OffsetDateTime>);

/// A stored time, or none.
type Created = Option<time::OffsetDateTime>;

/// Folds stored transitions into the state of each card or account.
fn fold_states(subject: Subject, rows: Vec<TransitionRow>) -> (Vec<String>, Vec<String>) {
    let mut by_owner: BTreeMap<String, Vec<Transition>> = BTreeMap::new();
    for (owner, token, state, created) in rows {
        let transition = Transition {
            token,
            state,
            created: created.map(json::moment),
        };
        by_owner.entry(owner).or_default().push(transition);
    }
    let state = |(owner, transitions): (String, Vec<Transition>)| {
        let state = state_in_force(subject, &transitions)?.to_owned();
        Some((owner, state))
    };
    by_owner.into_iter().filter_map(state).unzip()
}

/// The time of a transition as it is stored.
fn created(transition: &Transition) -> Created {
    transition.created.map(json::time)
}
