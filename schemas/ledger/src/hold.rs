//! A hold: the facts of one purchase, and what of them is booked so far.

mod days;
mod matching;
mod score;

pub use days::{HoldDays, MccRange, industry_days_by_mcc};
pub use matching::{MatchAct, Matched};
pub use score::{Score, best};

use crate::fact::Fact;
use crate::fold::{self, Anomaly, Folded, Standing};
use crate::money::Overflow;
use crate::policy::Policy;
use crate::time::Moment;
use crate::token::{HoldId, TransactionToken};
use crate::usage::Use;

/// The facts of one purchase and what is booked for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Our name for it.
    pub id: HoldId,
    /// The rules it was opened under.
    pub policy: Policy,
    /// When it was opened here; stands in where no message has a time.
    pub opened: Moment,
    /// All facts, each once.
    pub facts: Vec<Fact>,
    /// What is booked.
    pub standing: Standing,
    /// The hold that took over this one's facts, when messages showed that both were one purchase.
    pub merged_into: Option<HoldId>,
}

impl Hold {
    /// A hold of which nothing is known yet.
    #[must_use]
    pub fn open(id: HoldId, policy: Policy, opened: Moment) -> Self {
        Self {
            id,
            policy,
            opened,
            facts: Vec::new(),
            standing: Standing::default(),
            merged_into: None,
        }
    }

    /// The token that began the purchase, once it is known.
    #[must_use]
    pub fn opener(&self) -> Option<&TransactionToken> {
        self.facts
            .iter()
            .find(|fact| fact.kind.opens())
            .map(|fact| &fact.token)
    }

    /// Is there a fact of this message?
    #[must_use]
    pub fn knows(&self, token: &TransactionToken) -> bool {
        self.facts.iter().any(|fact| fact.token == *token)
    }

    /// Adds a fact; `false` when it was there already.
    pub fn add(&mut self, fact: Fact) -> bool {
        let new = !self.facts.iter().any(|known| known.is(&fact));
        if new {
            self.facts.push(fact);
        }
        new
    }

    /// What the facts amount to now; nothing is changed.
    ///
    /// # Errors
    /// [`Overflow`] when amounts add up beyond what is exact.
    pub fn fold(&self) -> Result<Standing, Overflow> {
        self.folded().map(|folded| folded.standing)
    }

    /// The same with what a person should look at, and with what it uses of spending limits.
    ///
    /// # Errors
    /// As [`Hold::fold`].
    pub fn folded(&self) -> Result<Folded, Overflow> {
        if self.merged_into.is_some() {
            return Ok(Folded::default());
        }
        fold::fold(&self.facts, self.policy, self.opened)
    }

    /// What in its messages needs review.
    ///
    /// # Errors
    /// As [`Hold::fold`].
    pub fn anomalies(&self) -> Result<Vec<Anomaly>, Overflow> {
        self.folded().map(|folded| folded.anomalies)
    }

    /// What it uses of spending limits. Not stored: the facts say it.
    ///
    /// # Errors
    /// As [`Hold::fold`].
    pub fn uses(&self) -> Result<Vec<Use>, Overflow> {
        self.folded().map(|folded| folded.uses)
    }

    /// The latest moment in which it may have used something of a limit: the last of its messages that begin
    /// something. Nothing that it uses is later.
    #[must_use]
    pub fn used_at(&self) -> Option<Moment> {
        let begins = |fact: &&Fact| fact.kind.has_card_and_merchant();
        let moments = self.facts.iter().filter(begins);
        moments
            .map(|fact| fact.created.unwrap_or(self.opened))
            .max()
    }
}
