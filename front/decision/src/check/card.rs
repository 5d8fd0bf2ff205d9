//! Is it the account's own card, and usable?

use super::{Input, Verdict};
use crate::case::{Card, Case};
use crate::refusal::Refusal;

pub(super) fn judge(case: &Case<'_>) -> (Verdict, Vec<Input>) {
    let (refusal, state) = match case.card {
        Card::None => (None, "none named"),
        Card::New => (None, "first seen"),
        Card::Own { active: true } => (None, "active"),
        Card::Own { active: false } => (Some(Refusal::InactiveCard), "not active"),
        Card::Foreign => (Some(Refusal::ForeignCard), "of another account"),
    };
    (refusal.into(), vec![("card", state.to_owned())])
}
