//! Messages for the tests of this crate, made without an adapter.

use super::{CardMessage, Merchant, MessageEffect};
use holdfast_events::Notice;
use holdfast_ledger::fact::{Fact, Kind, Links, Role, Source, State};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::token::TransactionToken;

pub(crate) fn transaction_token(text: &str) -> TransactionToken {
    TransactionToken::parse(text).unwrap()
}

/// A fact of so many dollars.
pub(crate) fn fact(token: &str, kind: Kind, state: State, amount: &str) -> Fact {
    Fact::new(
        transaction_token(token),
        Source::Notified(state),
        kind,
        Amount::parse(amount).unwrap(),
        Currency::parse("USD").unwrap(),
    )
}

/// A message of 10.00 USD with this effect.
pub(crate) fn message(token: &str, name: &str, state: &str, effect: MessageEffect) -> CardMessage {
    let state = State::parse(state);
    CardMessage {
        token: transaction_token(token),
        version: state.as_str().to_owned(),
        transaction_type: name.to_owned(),
        account: None,
        cardholder: None,
        card: None,
        links: Links::new(transaction_token(token)),
        amount: Amount::parse("10.00").ok(),
        created: None,
        merchant: Merchant::default(),
        effect,
        finding: None,
        notice: Notice::default(),
        state,
    }
}

/// A message that books a fact of 10.00 USD of this kind.
pub(crate) fn booking(name: &str, state: &str, kind: Kind) -> CardMessage {
    let fact = Box::new(fact("t", kind, State::parse(state), "10.00"));
    let role = Role::FollowUp;
    message("t", name, state, MessageEffect::Book { fact, role })
}
