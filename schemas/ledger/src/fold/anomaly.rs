//! What in a purchase needs review. It changes nothing: the books follow the messages.

use super::standing::Line;
use crate::fact::{Fact, Kind, Source, State};
use crate::money::{Amount, Currency};
use crate::token::TransactionToken;

/// A message that does not fit what came before it. Amounts in the message's own currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anomaly {
    /// An advice lowered the hold by another amount than its JIT block says it releases.
    AdviceDelta {
        /// The advice.
        token: TransactionToken,
        /// What the JIT block says.
        stated: Amount,
        /// What was released.
        dropped: Amount,
    },
    /// A reversal came when all was cleared: it releases nothing. Money back comes as a refund.
    ReversalAfterClearing {
        /// The reversal.
        token: TransactionToken,
    },
    /// A reversal takes back more than its leg moved, or a leg that was never notified.
    ReversalExceedsMoved {
        /// The reversal.
        token: TransactionToken,
        /// What it says.
        stated: Amount,
        /// What was undone.
        undone: Amount,
    },
    /// A message in another currency than its hold.
    CurrencyDiffers {
        /// The message.
        token: TransactionToken,
        /// The hold's currency.
        of_hold: Currency,
    },
    /// More is cleared than was authorized. Tips and fuel are normal: the reader of the anomaly decides how much is.
    ClearingAboveHold {
        /// The clearing.
        token: TransactionToken,
        /// What was to be expected: what was held and cleared before; where nothing was held any more, what
        /// was authorized.
        expected: Amount,
        /// What is cleared with this one.
        cleared: Amount,
    },
    /// Two clearings name the same network reference and sequence.
    ClearingRepeated {
        /// The later one.
        token: TransactionToken,
        /// The earlier one.
        first: TransactionToken,
    },
    /// A clearing follows an authorization that was declined.
    ClearingAfterDecline {
        /// The clearing.
        token: TransactionToken,
    },
    /// All clearings of a numbered sequence are present and none is marked final: the rest was released.
    ClearingsComplete {
        /// The clearing that completes them.
        token: TransactionToken,
        /// What was released.
        released: Amount,
    },
    /// It moves money, and its state is neither final nor pending: nothing is posted by it.
    NotFinal {
        /// The message.
        token: TransactionToken,
    },
    /// A final state and DECLINED or ERROR of the same transaction: nothing is posted by it.
    FinalAndDeclined {
        /// The message.
        token: TransactionToken,
        /// The amount of the final state.
        amount: Amount,
    },
    /// Marqeta notified another amount than we approved; the notified amount counts.
    ApprovedAmountDiffers {
        /// The request.
        token: TransactionToken,
        /// What we approved.
        approved: Amount,
        /// What was notified.
        notified: Amount,
    },
}

impl Anomaly {
    /// The message that it is about.
    #[must_use]
    pub fn token(&self) -> &TransactionToken {
        match self {
            Self::AdviceDelta { token, .. }
            | Self::ReversalAfterClearing { token }
            | Self::ReversalExceedsMoved { token, .. }
            | Self::CurrencyDiffers { token, .. }
            | Self::ClearingAboveHold { token, .. }
            | Self::ClearingRepeated { token, .. }
            | Self::ClearingAfterDecline { token }
            | Self::ClearingsComplete { token, .. }
            | Self::NotFinal { token }
            | Self::FinalAndDeclined { token, .. }
            | Self::ApprovedAmountDiffers { token, .. } => token,
        }
    }

    /// Compares one message with its hold before and after it. Every fold passes here, also that of a
    /// decision: nothing is copied unless there is something to review.
    pub(super) fn of_message(fact: &Fact, before: Line, after: Line) -> Option<Self> {
        let token = || fact.token.clone();
        match fact.kind {
            // Without an original authorization nothing is known of what it corrects.
            Kind::Advice {
                delta: Some(stated),
            } if !before.authorized.is_zero() => {
                let dropped = before.held.less(after.held);
                (dropped != stated).then(|| Self::AdviceDelta {
                    token: token(),
                    stated,
                    dropped,
                })
            }
            Kind::PartialReversal | Kind::FullReversal
                if before.held.is_zero() && !before.cleared.is_zero() =>
            {
                Some(Self::ReversalAfterClearing { token: token() })
            }
            Kind::Clearing { .. } if fact.is_final() && !after.authorized.is_zero() => {
                let still_open = before.held.plus(before.cleared).unwrap_or(before.held);
                let expected = if before.held.is_zero() {
                    after.authorized
                } else {
                    still_open
                };
                (after.cleared > expected).then(|| Self::ClearingAboveHold {
                    token: token(),
                    expected,
                    cleared: after.cleared,
                })
            }
            _ => None,
        }
    }
}

/// Compares the facts of each token with one another: our approval with its notification, a final state with
/// a decline.
pub(super) fn of_sources(facts: &[Fact], views: &[&Fact]) -> Vec<Anomaly> {
    // Nearly every hold has one fact a token.
    if facts.len() == views.len() {
        return Vec::new();
    }
    let of_view = |view: &&Fact| {
        let same = |fact: &&Fact| fact.token == view.token;
        if view.is_cancelled() {
            let is_final = |fact: &&Fact| {
                matches!(
                    fact.source,
                    Source::Notified(State::Completion | State::Cleared)
                ) && fact.is_final()
                    && fact.kind.posts()
            };
            let fact = facts.iter().filter(same).find(is_final)?;
            return Some(Anomaly::FinalAndDeclined {
                token: view.token.clone(),
                amount: fact.amount,
            });
        }
        let is_notified = matches!(view.source, Source::Notified(_));
        let ours = |fact: &&Fact| fact.source == Source::Decision && fact.version == view.version;
        let approved = facts.iter().filter(same).find(ours)?;
        (is_notified && approved.amount != view.amount).then(|| Anomaly::ApprovedAmountDiffers {
            token: view.token.clone(),
            approved: approved.amount,
            notified: view.amount,
        })
    };
    views.iter().filter_map(of_view).collect()
}
