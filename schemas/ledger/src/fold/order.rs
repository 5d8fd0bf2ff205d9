//! The order in which facts are counted: a message comes after the one it follows; among those that
//! are ready the smallest (created, kind, token) is next. Missing parents and cycles are ignored. An
//! expiry ends also what has no time: it comes after every authorization without one.

use crate::fact::{Fact, Rank};
use crate::time::Moment;
use std::collections::BTreeSet;

/// The views in the order in which they count.
pub(super) fn ordered(mut views: Vec<&Fact>) -> Vec<&Fact> {
    views.sort_by_key(|fact| place(fact));
    let mut waiting: BTreeSet<&str> = views.iter().map(|fact| fact.token.as_str()).collect();
    let mut ordered = Vec::with_capacity(views.len());
    while !views.is_empty() {
        let timeless = views.iter().any(|fact| is_timeless(fact));
        let ready = |fact: &&Fact| {
            let parent = fact.preceding.as_ref().map(|token| token.as_str());
            parent.is_none_or(|token| token == fact.token.as_str() || !waiting.contains(token))
                && !(timeless && fact.kind.is_act())
        };
        // None is ready only in a cycle: then the links say nothing, and the smallest goes.
        let fact = views.remove(views.iter().position(ready).unwrap_or(0));
        waiting.remove(fact.token.as_str());
        ordered.push(fact);
    }
    ordered
}

/// Something that may be held or promised, at no known time.
fn is_timeless(fact: &Fact) -> bool {
    fact.created.is_none() && fact.kind.authorizes()
}

/// A missing time sorts last.
fn place(fact: &Fact) -> (bool, Option<Moment>, Rank, String) {
    (
        fact.created.is_none(),
        fact.created,
        fact.kind.rank(),
        fact.token.as_str().to_owned(),
    )
}
