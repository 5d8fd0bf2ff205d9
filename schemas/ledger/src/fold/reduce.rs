//! Of the facts of one transaction token one view remains.

use crate::fact::Fact;
use std::collections::BTreeMap;

/// The fact that speaks for each token, in the order of tokens.
pub(super) fn reduce_facts(facts: &[Fact]) -> Vec<&Fact> {
    let mut views: BTreeMap<&str, &Fact> = BTreeMap::new();
    for fact in facts {
        views
            .entry(fact.token.as_str())
            .and_modify(|known| {
                if speaks_over(fact, known) {
                    *known = fact;
                }
            })
            .or_insert(fact);
    }
    views.into_values().collect()
}

/// The later version counts; of one version the greater precedence. Two facts of one token and version never have
/// the same source, but unknown states have the same precedence: the text decides then, so that the order of
/// arrival cannot.
fn speaks_over(fact: &Fact, known: &Fact) -> bool {
    let rank = |fact: &Fact| (fact.version, fact.source.precedence());
    (rank(fact), &fact.source) > (rank(known), &known.source)
}
