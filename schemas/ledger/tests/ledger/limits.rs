//! An account under a limit of every window and kind: whatever happens to it, its counters say what its holds
//! say.

use holdfast_ledger::book::Account;
use holdfast_ledger::control::{
    Applies, ControlSet, Counts, Definition, Limit, MerchantScope, MoneyIn, VelocityControl,
    Window, Zone,
};
use holdfast_ledger::hold::Hold;
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::ControlToken;
use std::sync::Arc;

/// A limit that nothing ever exceeds.
pub(crate) fn limit(token: &str, window: Window) -> VelocityControl {
    VelocityControl {
        token: ControlToken::parse(token).expect("a token"),
        name: None,
        active: true,
        limit: Limit {
            amount: Amount::parse("1000000").expect("an amount"),
            uses: None,
        },
        currency: Currency::parse("USD").expect("a currency"),
        window,
        approvals_only: true,
        counts: Counts::default(),
        applies: Applies::Program,
        merchants: MerchantScope::All,
        created: Moment(0),
    }
}

/// Puts the account under the limits, before anything has happened.
pub(crate) fn put(account: &mut Account) {
    let plain = Window::ALL.map(|window| limit(window.as_str(), window));
    let declined = VelocityControl {
        approvals_only: false,
        ..limit("declined", Window::Month)
    };
    let money_in = VelocityControl {
        counts: Counts {
            purchases: false,
            withdrawals: false,
            cash_back: false,
            money_in: MoneyIn::All,
        },
        ..limit("money-in", Window::Year)
    };
    let all = plain.into_iter().chain([declined, money_in]);
    let defined = all.map(Definition::Velocity).collect();
    account.controls = Arc::new(ControlSet::new(1, Zone::utc(), defined));
    let controls = Arc::clone(&account.controls);
    let mut counters = account.counters.clone();
    for token in Window::ALL
        .map(Window::as_str)
        .into_iter()
        .chain(["declined", "money-in"])
    {
        let token = ControlToken::parse(token).expect("a token");
        let velocity = controls.velocity(&token).expect("a limit");
        let nothing = std::iter::empty();
        counters
            .fill_counter(velocity, &account.token, &controls, None, nothing)
            .expect("no overflow");
    }
    account.replace_counters(counters);
}

/// The counters are what the holds use.
pub(crate) fn check<'a>(account: &Account, holds: impl Iterator<Item = &'a Hold>) {
    let mut again = account.counters.with_empty_windows();
    for hold in holds {
        let uses = hold.fold_uses().expect("no overflow");
        let added = again.add_uses(&uses, &account.controls, &account.token);
        added.expect("no overflow");
    }
    assert_eq!(account.counters, again, "counters");
}
