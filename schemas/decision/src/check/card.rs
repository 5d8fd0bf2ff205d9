//! Is it the account's own card, and usable?

use super::{CheckInfo, CheckResult};
use crate::case::{Card, Case};
use crate::refusal::Refusal;

pub(super) const INFO: CheckInfo = CheckInfo {
    title: "The card",
    about: "Is it a card of this account, and is it usable? A card that was never seen is \
            registered by its first request.",
    refusals: &[Refusal::CardOfAnotherAccount, Refusal::InactiveCard],
    evaluate: evaluate_card,
};

fn evaluate_card(case: &Case<'_>) -> CheckResult {
    let (refusal, state) = match case.card {
        Card::None => (None, "none named"),
        Card::New => (None, "first seen"),
        Card::Own { active: true } => (None, "active"),
        Card::Own { active: false } => (Some(Refusal::InactiveCard), "not active"),
        Card::OfAnotherAccount => (Some(Refusal::CardOfAnotherAccount), "of another account"),
    };
    (refusal.into(), vec![("card", state.to_owned())])
}
