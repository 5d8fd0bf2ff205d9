//! What a message of each kind moves in each state: the balances of the customer, and which way. The page of
//! messages prints it, and a test compares it with what the fold does, for every type.

use super::Template;
use holdfast_ledger::fact::{DisputeStep, State};

/// Which way a balance goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// It stays.
    #[default]
    Stays,
    /// Up.
    Up,
    /// Down.
    Down,
}

/// The customer's balances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Movement {
    /// Money on the account.
    pub posted: Way,
    /// Money reserved.
    pub held: Way,
    /// Money announced.
    pub pending_credit: Way,
}

impl Movement {
    const NONE: Self = Self {
        posted: Way::Stays,
        held: Way::Stays,
        pending_credit: Way::Stays,
    };

    const fn posted(posted: Way) -> Self {
        Self {
            posted,
            ..Self::NONE
        }
    }

    const fn held(held: Way) -> Self {
        Self { held, ..Self::NONE }
    }

    const fn pending(pending_credit: Way) -> Self {
        Self {
            pending_credit,
            ..Self::NONE
        }
    }

    /// As the page prints it.
    #[must_use]
    pub fn text(self) -> String {
        let part = |name: &str, way| match way {
            Way::Stays => None,
            Way::Up => Some(format!("{name} up")),
            Way::Down => Some(format!("{name} down")),
        };
        let parts = [
            part("posted", self.posted),
            part("held", self.held),
            part("pending credit", self.pending_credit),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            "nothing".to_owned()
        } else {
            parts.join(", ")
        }
    }
}

/// What a message of this kind moves in this state, where it follows what it is a follow-up of. Without our own
/// approval before it; credits with a JIT block.
#[must_use]
pub fn movement(template: Template, state: &State) -> Movement {
    let is_completion = *state == State::Completion;
    let stands = matches!(state, State::Pending | State::Cleared | State::Completion);
    let is_final = is_completion || *state == State::Cleared;
    if !stands {
        return Movement::NONE;
    }
    match template {
        Template::Original | Template::Increment => Movement::held(Way::Up),
        Template::Advice | Template::Reversal | Template::IssuerExpiration => {
            Movement::held(Way::Down)
        }
        Template::Clearing if is_completion => Movement {
            posted: Way::Down,
            held: Way::Down,
            ..Movement::NONE
        },
        Template::Debit if is_completion => Movement::posted(Way::Down),
        Template::Debit => Movement::held(Way::Up),
        Template::DebitReversal | Template::Credit if is_completion => Movement::posted(Way::Up),
        Template::CreditAuthorization => Movement::pending(Way::Up),
        Template::CreditClearing if is_final => Movement {
            posted: Way::Up,
            pending_credit: Way::Down,
            ..Movement::NONE
        },
        Template::CreditReversal => Movement::pending(Way::Down),
        Template::Dispute(step) if is_completion => match step {
            DisputeStep::ProvisionalCredit | DisputeStep::Won { .. } => Movement::posted(Way::Up),
            DisputeStep::ProvisionalDebit | DisputeStep::Lost => Movement::posted(Way::Down),
            DisputeStep::Opened | DisputeStep::Represented | DisputeStep::WrittenOff => {
                Movement::NONE
            }
        },
        Template::Clearing
        | Template::DebitReversal
        | Template::Credit
        | Template::CreditClearing
        | Template::Dispute(_)
        | Template::Inquiry
        | Template::Notice
        | Template::GpaTransaction
        | Template::Elsewhere => Movement::NONE,
    }
}
