//! What in a purchase a person should look at. It changes nothing: the books follow the messages.

use super::standing::Line;
use crate::fact::{Fact, Kind};
use crate::money::Amount;
use crate::token::TransactionToken;

/// A message that does not fit what came before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Surprise {
    /// An advice lowered the hold by another amount than its JIT block says was let go.
    AdviceDelta {
        /// The advice.
        token: TransactionToken,
        /// What the JIT block says.
        told: Amount,
        /// What was let go.
        dropped: Amount,
    },
    /// A reversal came when all was collected: it gives nothing back. Money back comes as a refund.
    ReversalOfCleared {
        /// The reversal.
        token: TransactionToken,
    },
}

impl Surprise {
    /// Looks at one message and at its hold before and after it.
    pub(super) fn of(fact: &Fact, before: Line, after: Line) -> Option<Self> {
        // Every fold passes here, also that of a decision: nothing is copied unless there is something to tell.
        match fact.kind {
            // Without an opener nothing is known of what it corrects.
            Kind::Advice { delta: Some(told) } if !before.authorized.is_zero() => {
                let dropped = before.held.less(after.held);
                (dropped != told).then(|| Self::AdviceDelta {
                    token: fact.token.clone(),
                    told,
                    dropped,
                })
            }
            Kind::PartialReversal | Kind::FullReversal
                if before.held.is_zero() && !before.cleared.is_zero() =>
            {
                Some(Self::ReversalOfCleared {
                    token: fact.token.clone(),
                })
            }
            _ => None,
        }
    }
}
