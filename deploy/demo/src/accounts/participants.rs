//! The accounts that the simulated network buys with.

use holdfast_ledger::token::AccountToken;
use holdfast_simulator::{AccountKind, SimAccount, SimulatorError};

/// An account of the demo.
#[derive(Debug)]
pub(super) struct Participant {
    pub(super) token: &'static str,
    pub(super) kind: AccountKind,
    pub(super) state: &'static str,
    pub(super) currency: &'static str,
    /// Credited once, and topped up to when half of it is spent.
    pub(super) credit: u32,
    /// How often it buys, compared with the others.
    pub(super) share: usize,
}

pub(super) const fn new_person(
    token: &'static str,
    currency: &'static str,
    credit: u32,
    share: usize,
) -> Participant {
    Participant {
        token,
        kind: AccountKind::User,
        state: "active",
        currency,
        credit,
        share,
    }
}

/// No account has five million: the story of a decline depends on it.
pub(super) const PARTICIPANTS: [Participant; 8] = [
    new_person("demo-ada", "USD", 40_000, 4),
    new_person("demo-ben", "USD", 25_000, 4),
    new_person("demo-chloe", "EUR", 40_000, 4),
    new_person("demo-daichi", "JPY", 4_000_000, 3),
    new_person("demo-fatima", "KWD", 30_000, 3),
    // Has little, and is declined sometimes.
    new_person("demo-eli", "USD", 600, 1),
    // Suspended: always declined.
    Participant {
        state: "suspended",
        ..new_person("demo-gus", "EUR", 100, 1)
    },
    Participant {
        kind: AccountKind::Business,
        ..new_person("demo-bakery", "USD", 250_000, 4)
    },
];

/// The accounts as the network knows them, each repeated by its share.
pub(crate) fn simulated_accounts() -> Result<Vec<SimAccount>, SimulatorError> {
    let card = |token| format!("{token}-card");
    PARTICIPANTS
        .iter()
        .flat_map(|participant| std::iter::repeat_n(participant, participant.share))
        .map(|participant| {
            SimAccount::new(
                participant.token,
                participant.kind,
                &card(participant.token),
                participant.currency,
            )
        })
        .collect()
}

/// Their tokens, each once.
pub(crate) fn account_tokens() -> Vec<AccountToken> {
    let tokens = PARTICIPANTS
        .iter()
        .map(|participant| AccountToken::parse(participant.token));
    tokens.filter_map(Result::ok).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_network_knows_every_participant_and_not_the_users_account() {
        let accounts = simulated_accounts().unwrap();
        let shares: usize = PARTICIPANTS
            .iter()
            .map(|participant| participant.share)
            .sum();
        assert_eq!(accounts.len(), shares);
        assert!(
            accounts
                .iter()
                .all(|account| &*account.token != crate::YOUR_ACCOUNT)
        );
    }
}
