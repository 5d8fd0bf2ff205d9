//! The controls in memory: counters from nothing, and what is decided about a message when it comes.

use crate::limits;
use holdfast_ledger::book::Account;
use holdfast_ledger::control::ControlSet;
use holdfast_ledger::fact::{Fact, Kind};
use holdfast_ledger::money::Amount;
use holdfast_ledger::token::ControlToken;
use std::sync::Arc;

/// The account has used nothing of any limit yet.
pub(super) fn count_from_nothing(account: &mut Account, controls: &Arc<ControlSet>) {
    account.controls = Arc::clone(controls);
    for limit in &limits::LIMITS {
        let token = ControlToken::parse(limit.name).unwrap();
        let velocity = controls.velocity(&token).unwrap();
        let name = account.token.clone();
        let uses = std::iter::empty();
        let filled = account
            .counters
            .fill_counter(velocity, &name, controls, None, uses);
        filled.unwrap();
    }
}

/// What the program decides about a message when it comes.
pub(super) fn stamp(fact: &mut Fact, mcc: &str, controls: &ControlSet) {
    if fact.kind == Kind::Original && !fact.amount.is_zero() {
        let increase = controls.hold_increase(mcc);
        let more = increase.map(|more| {
            more.increase_of(fact.amount, fact.currency.exponent())
                .unwrap()
        });
        fact.increase = more.unwrap_or(Amount::ZERO);
    }
}
