//! Matching a clearing to a purchase by evidence, and taking that back. Both holds are on the locked account.

use super::{Account, Plan};
use crate::fact::MatchSide;
use crate::hold::{Hold, MatchAct};
use crate::money::Overflow;
use crate::token::{HoldId, TransactionToken};

/// The two sides of a match, or of its end: the purchase, whose hold is consumed or comes back, and the
/// clearing, where nothing but the match itself changes.
#[derive(Debug, Clone)]
pub struct MatchPlan {
    /// The change of the purchase's hold.
    pub purchase: Plan,
    /// The change of the clearing's own hold.
    pub clearing: Plan,
}

impl Account {
    /// Plans the match of a clearing to a purchase; `None` when the one hold has no such clearing that waits
    /// for it, or the other no purchase.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn plan_match(
        &self,
        (of_clearing, clearing): (&HoldId, &TransactionToken),
        purchase: &HoldId,
        act: MatchAct<'_>,
    ) -> Result<Option<MatchPlan>, Overflow> {
        let holds = self.holds.get(of_clearing).zip(self.holds.get(purchase));
        let Some((of_clearing, purchase)) = holds else {
            return Ok(None);
        };
        let Some((one, other)) = Hold::match_facts(of_clearing, clearing, purchase, act) else {
            return Ok(None);
        };
        Ok(Some(MatchPlan {
            purchase: self.plan_act(purchase, other)?,
            clearing: self.plan_act(of_clearing, one)?,
        }))
    }

    /// Plans the end of a match, named by either of its holds and its act; `None` when there is none, or the
    /// other hold was not read.
    ///
    /// # Errors
    /// [`Overflow`].
    pub fn plan_unmatch(
        &self,
        either: &HoldId,
        act: &TransactionToken,
    ) -> Result<Option<MatchPlan>, Overflow> {
        let one = self.holds.get(either);
        let matched =
            one.and_then(|hold| hold.clearing_matches().find(|matched| matched.act == act));
        let other = matched.and_then(|matched| self.holds.get(matched.with));
        let Some(((one, matched), other)) = one.zip(matched).zip(other) else {
            return Ok(None);
        };
        let (of_clearing, purchase) = match matched.side {
            MatchSide::Clearing => (one, other),
            MatchSide::Purchase => (other, one),
        };
        let facts = of_clearing.undo_match(act).zip(purchase.undo_match(act));
        let Some((of_one, of_other)) = facts else {
            return Ok(None);
        };
        Ok(Some(MatchPlan {
            purchase: self.plan_act(purchase, of_other)?,
            clearing: self.plan_act(of_clearing, of_one)?,
        }))
    }
}
