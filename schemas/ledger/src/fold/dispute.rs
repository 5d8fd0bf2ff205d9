//! Disputes (reference section 6.17): the customer's credit is an absolute target, set by the latest step
//! that stands; the network's money waits in suspense until it is the customer's, or goes back.

use super::standing::Line;
use crate::fact::DisputeStep;
use crate::hold::DisputeWon;
use crate::money::{Amount, Overflow};

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
    /// Each step says how things are from now on, whatever was before.
    pub(super) fn take(&mut self, step: DisputeStep, amount: Amount, won: DisputeWon) {
        match step {
            DisputeStep::Opened => self.network = amount,
            DisputeStep::ProvisionalCredit => self.credited = amount,
            DisputeStep::ProvisionalDebit => self.credited = Amount::ZERO,
            DisputeStep::Represented => {}
            DisputeStep::Won { credit_user } => {
                self.network = amount;
                if won.credits(credit_user) {
                    self.credited = amount;
                }
            }
            DisputeStep::Lost => *self = Self::default(),
            DisputeStep::WrittenOff => {
                self.network = Amount::ZERO;
                self.lost = self.credited;
            }
        }
        if step != DisputeStep::WrittenOff && step != DisputeStep::Represented {
            self.lost = Amount::ZERO;
        }
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
