//! State transitions of cards and accounts: the state in force is a pure function of the set of them.
//!
//! Deliveries are repeated and come in any order, so no transition overwrites another. All are kept,
//! and [`state_in_force`] picks one by what the transitions themselves say:
//!
//! 1. a final state (`TERMINATED`), whatever the times: nothing leads out of it;
//! 2. the latest `created_time`; a transition without a time never outranks one with a time;
//! 3. at equal times the later stage of the life cycle ([`Subject::stages`]), which is also the
//!    stricter one; an unknown state comes before every known one;
//! 4. at equal stages the greater text, so that two unknown states have one result.

use crate::time::Moment;
use serde::{Deserialize, Serialize};

/// One reported change of a state.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Transition {
    /// The transition's own token.
    pub token: String,
    /// The state that is reached, upper case. Any text: states are added at any time.
    pub state: String,
    /// When it was created.
    pub created: Option<Moment>,
}

/// What a state permits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Permission {
    /// Purchases.
    Spending,
    /// No purchases for now.
    Suspended,
    /// No purchases any more.
    Closed,
}

/// What a state is of. Each has a life cycle of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A card.
    Card,
    /// A user or a business.
    Account,
}

/// A stage of a life cycle: the state's name, and what it permits.
pub type Stage = (&'static str, Permission);

/// The stages of a card. `LIMITED` and `SUSPENDED` are equally strict.
const CARD: &[Stage] = &[
    ("UNACTIVATED", Permission::Suspended),
    ("ACTIVE", Permission::Spending),
    ("LIMITED", Permission::Suspended),
    ("SUSPENDED", Permission::Suspended),
    (FINAL, Permission::Closed),
];

/// The stages of a user or business. By Marqeta's table of user transitions `UNVERIFIED` and `LIMITED`
/// are initial states that forbid other things than purchases; `SUSPENDED`, `CLOSED` and `TERMINATED`
/// "cannot transact"; `CLOSED` may be left again, `TERMINATED` may not.
const ACCOUNT: &[Stage] = &[
    ("UNVERIFIED", Permission::Spending),
    ("LIMITED", Permission::Spending),
    ("ACTIVE", Permission::Spending),
    ("SUSPENDED", Permission::Suspended),
    ("CLOSED", Permission::Closed),
    (FINAL, Permission::Closed),
];

/// The one state that nothing leads out of, for cards and accounts alike.
const FINAL: &str = "TERMINATED";

impl Subject {
    /// The known states in the order of the life cycle.
    #[must_use]
    pub fn stages(self) -> &'static [Stage] {
        match self {
            Self::Card => CARD,
            Self::Account => ACCOUNT,
        }
    }

    /// Is this state in the life cycle?
    #[must_use]
    pub fn knows_state(self, state: &str) -> bool {
        self.stages().iter().any(|(name, _)| *name == state)
    }

    /// What a state permits. An unknown state, or none at all, blocks nothing: Marqeta sends requests
    /// only for cards and accounts that it lets pay.
    #[must_use]
    pub fn permission(self, state: Option<&str>) -> Permission {
        let stage = self.stages().iter().find(|(name, _)| Some(*name) == state);
        stage.map_or(Permission::Spending, |(_, permission)| *permission)
    }

    /// The place of a state in the life cycle; `None`, which sorts first, for an unknown one.
    fn stage_index(self, state: &str) -> Option<usize> {
        self.stages().iter().position(|(name, _)| *name == state)
    }
}

/// The state in force after these transitions, in whatever order and however often they are given;
/// `None` when there are none.
pub fn state_in_force<'a>(
    subject: Subject,
    transitions: impl IntoIterator<Item = &'a Transition>,
) -> Option<&'a str> {
    let last = transitions.into_iter().max_by_key(|transition| {
        let state = transition.state.as_str();
        // `None`, no time, is less than any time.
        (
            state == FINAL,
            transition.created,
            subject.stage_index(state),
            state,
        )
    });
    last.map(|transition| transition.state.as_str())
}
