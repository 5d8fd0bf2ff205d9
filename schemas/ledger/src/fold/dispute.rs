//! Disputes (reference section 6.17): each message moves its own amount. The network's money waits in suspense
//! until it is the customer's, or goes back.

use super::standing::Line;
use crate::fact::DisputeStep;
use crate::money::{Amount, Overflow};
use crate::policy::DisputeWon;

/// Where the money of a dispute is, after the steps so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Dispute {
    /// Given back by the network.
    network: Amount,
    /// Given to the customer.
    credited: Amount,
    /// Given to the customer, and the network gave nothing.
    lost: Amount,
}

impl Dispute {
    /// Applies a step. Returns what the step says beyond what there was to take back.
    pub(super) fn apply(
        &mut self,
        step: DisputeStep,
        amount: Amount,
        won: DisputeWon,
    ) -> Result<Amount, Overflow> {
        if step != DisputeStep::WrittenOff && step != DisputeStep::Represented {
            self.lost = Amount::ZERO;
        }
        match step {
            DisputeStep::Opened => self.network = self.network.plus(amount)?,
            DisputeStep::ProvisionalCredit => self.credited = self.credited.plus(amount)?,
            DisputeStep::ProvisionalDebit => {
                let rest = amount.less(self.credited);
                self.credited = self.credited.less(amount);
                return Ok(rest);
            }
            DisputeStep::Represented => {}
            DisputeStep::Won { credit_user } => {
                self.network = self.network.max(amount);
                // A provisional credit that stands becomes final as it is.
                if self.credited.is_zero() && won.credits(credit_user) {
                    self.credited = amount;
                }
            }
            DisputeStep::Lost => *self = Self::default(),
            DisputeStep::WrittenOff => {
                self.network = Amount::ZERO;
                self.lost = self.credited;
            }
        }
        Ok(Amount::ZERO)
    }

    /// Brings the line to it from how things were `before`. What is neither the customer's nor lost is in
    /// suspense.
    pub(super) fn show(self, before: Self, line: &mut Line) -> Result<(), Overflow> {
        line.post(self.credited.credit().minus(before.credited.credit())?)?;
        line.lost = self.lost;
        line.suspense = self
            .network
            .plus(self.lost)?
            .credit()
            .minus(self.credited.credit())?;
        Ok(())
    }
}
