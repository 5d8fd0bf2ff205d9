//! The order in which facts are counted: a message comes after the one it follows; among those that
//! are ready the smallest (created, kind, token) is next. Missing parents and cycles are ignored. Our
//! own ends of a hold find what they end before them, also where that has no time.

use crate::fact::{Fact, Kind, Rank};
use crate::time::Moment;
use std::collections::BTreeSet;

/// The views in the order in which they count.
pub(super) fn order_views(mut views: Vec<&Fact>) -> Vec<&Fact> {
    views.sort_by_key(|fact| sort_key(fact));
    let mut waiting: BTreeSet<&str> = views.iter().map(|fact| fact.token.as_str()).collect();
    let mut ordered = Vec::with_capacity(views.len());
    while !views.is_empty() {
        let ready = |fact: &&Fact| {
            let parent = fact.preceding.as_ref().map(|token| token.as_str());
            parent.is_none_or(|token| token == fact.token.as_str() || !waiting.contains(token))
                && !views.iter().any(|other| ends_authorization(fact, other))
        };
        // None is ready only in a cycle: then the links say nothing, and the smallest message goes.
        let message = |fact: &&Fact| !views.iter().any(|other| ends_authorization(fact, other));
        let next = views.iter().position(ready);
        let next = next.or_else(|| views.iter().position(message));
        let fact = views.remove(next.unwrap_or(0));
        waiting.remove(fact.token.as_str());
        ordered.push(fact);
    }
    ordered
}

/// Does the act end the authorization wherever that is counted? An expiry that is not void ends them all,
/// for none lapses later; an operator's release ends those without a time.
fn ends_authorization(act: &Fact, authorization: &Fact) -> bool {
    authorization.reserves()
        && match act.kind {
            Kind::Expiry { .. } => true,
            Kind::Release => authorization.created.is_none(),
            _ => false,
        }
}

/// A missing time sorts last.
fn sort_key(fact: &Fact) -> (bool, Option<Moment>, Rank, String) {
    (
        fact.created.is_none(),
        fact.created,
        fact.kind.rank(),
        fact.token.as_str().to_owned(),
    )
}
