//! Matching a force capture to a purchase, and taking that back. Both holds are on the locked account.

use super::{Account, Plan};
use crate::fact::Source;
use crate::hold::{Hold, Score};
use crate::money::Overflow;
use crate::token::{HoldId, TransactionToken};

/// The two sides of a match, or of its end: the purchase, whose hold is dropped or comes back, and the
/// capture, where nothing but the match itself changes.
#[derive(Debug, Clone)]
pub struct MatchPlan {
    /// The change of the purchase's hold.
    pub purchase: Plan,
    /// The change of the capture's hold.
    pub capture: Plan,
}

impl Account {
    /// Works out a match; `None` when the one holds no capture that waits for it, or the other no purchase.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn plan_match(
        &self,
        (capture, purchase): (&HoldId, &HoldId),
        (act, source, score): (&TransactionToken, &Source, Score),
    ) -> Result<Option<MatchPlan>, Overflow> {
        let holds = self.holds.get(capture).zip(self.holds.get(purchase));
        let Some((capture, purchase)) = holds else {
            return Ok(None);
        };
        let facts = Hold::match_facts(capture, purchase, (act, source, score));
        let Some((of_capture, of_purchase)) = facts else {
            return Ok(None);
        };
        Ok(Some(MatchPlan {
            purchase: self.plan_act(purchase, of_purchase)?,
            capture: self.plan_act(capture, of_capture)?,
        }))
    }

    /// Works out the end of a match, named by either of its holds; `None` when there is none, or the other
    /// hold was not read.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn plan_unmatch(&self, either: &HoldId) -> Result<Option<MatchPlan>, Overflow> {
        let one = self.holds.get(either);
        let other = one
            .and_then(|hold| hold.matched())
            .and_then(|matched| self.holds.get(matched.with));
        let Some((one, other)) = one.zip(other) else {
            return Ok(None);
        };
        let (capture, purchase) = if one.has_capture() {
            (one, other)
        } else {
            (other, one)
        };
        let Some((of_capture, of_purchase)) = capture.undo_match().zip(purchase.undo_match())
        else {
            return Ok(None);
        };
        Ok(Some(MatchPlan {
            purchase: self.plan_act(purchase, of_purchase)?,
            capture: self.plan_act(capture, of_capture)?,
        }))
    }
}
