//! Who takes part in the demo.

use holdfast_ledger::token::AccountToken;
use holdfast_simulator::{AccountKind, SimAccount, SimulatorError};

/// An account of the demo.
#[derive(Debug)]
pub(super) struct Character {
    pub(super) token: &'static str,
    pub(super) kind: AccountKind,
    pub(super) state: &'static str,
    pub(super) currency: &'static str,
    /// Credited once; topped up to it when half of it is spent.
    pub(super) money: u32,
    /// How often it buys, compared with the others.
    pub(super) share: usize,
}

pub(super) const fn person(
    token: &'static str,
    currency: &'static str,
    money: u32,
    share: usize,
) -> Character {
    Character {
        token,
        kind: AccountKind::User,
        state: "active",
        currency,
        money,
        share,
    }
}

/// Who buys. Nobody has five million, so that the story of a decline is one.
pub(super) const CHARACTERS: [Character; 8] = [
    person("demo-ada", "USD", 40_000, 4),
    person("demo-ben", "USD", 25_000, 4),
    person("demo-chloe", "EUR", 40_000, 4),
    person("demo-daichi", "JPY", 4_000_000, 3),
    person("demo-fatima", "KWD", 30_000, 3),
    // Has little, and is declined now and then.
    person("demo-eli", "USD", 600, 1),
    // Tries in vain.
    Character {
        state: "suspended",
        ..person("demo-gus", "EUR", 100, 1)
    },
    Character {
        kind: AccountKind::Business,
        ..person("demo-bakery", "USD", 250_000, 4)
    },
];

/// The accounts as the network knows them, each as often as its share.
pub(in crate::up) fn cast() -> Result<Vec<SimAccount>, SimulatorError> {
    let card = |token| format!("{token}-card");
    CHARACTERS
        .iter()
        .flat_map(|who| std::iter::repeat_n(who, who.share))
        .map(|who| SimAccount::new(who.token, who.kind, &card(who.token), who.currency))
        .collect()
}

/// Their tokens, each once.
pub(in crate::up) fn tokens() -> Vec<AccountToken> {
    let tokens = CHARACTERS.iter().map(|who| AccountToken::parse(who.token));
    tokens.filter_map(Result::ok).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cast_is_one_the_network_knows() {
        let cast = cast().unwrap();
        let shares: usize = CHARACTERS.iter().map(|who| who.share).sum();
        assert_eq!(cast.len(), shares);
        assert!(
            cast.iter()
                .all(|account| &*account.token != super::super::YOURS)
        );
    }
}
