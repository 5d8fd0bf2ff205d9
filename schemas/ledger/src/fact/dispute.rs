//! The steps of a dispute (reference section 6.17).

use serde::{Deserialize, Serialize};

/// One step of a dispute. Their order here is the order in which they are counted within one second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeStep {
    /// Opened: the network's money is in suspense, not yet the customer's.
    Opened,
    /// The customer has the money for the time being.
    ProvisionalCredit,
    /// That is taken back.
    ProvisionalDebit,
    /// The merchant has answered: tells where the dispute stands, moves nothing.
    Represented,
    /// Won: the money is the customer's, if the program gives it.
    Won {
        /// `chargeback.credit_user`, where it is said.
        credit_user: Option<bool>,
    },
    /// Lost, rejected or withdrawn: as if it had never been opened.
    Lost,
    /// Given up: the customer keeps what was credited, at the program's loss.
    WrittenOff,
}
