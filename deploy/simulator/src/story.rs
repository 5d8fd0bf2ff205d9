//! The lives of purchases, as data: a story is a table of steps, played against the door.

mod catalogue;
mod clock;
mod purse;
mod stage;
mod tale;
mod wording;

pub use catalogue::CATALOGUE;
pub(crate) use stage::{Pace, Stage};
pub(crate) use tale::Tale;

use crate::{Kind, Trade};

/// One way a purchase can go.
#[derive(Debug)]
pub struct Story {
    /// Short name, as the live screen shows it.
    pub name: &'static str,
    /// How often it is played, compared with the others.
    pub weight: u32,
    /// Where it is set.
    pub trade: Trade,
    /// Range of the story's base amount, in hundredths of the currency's everyday unit.
    pub base_cents: (u64, u64),
    /// What happens.
    pub steps: &'static [Step],
}

/// One step of a story.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// A JIT request, and after its answer the notification that follows from it. A story whose
    /// opening is not approved ends there; an increment that is not approved is left out.
    Ask(Act),
    /// A notification without a request.
    Tell(Act),
    /// So many minutes pass.
    Minutes(u32),
    /// So many days pass.
    Days(u32),
}

/// A message of a story. Acts whose amount comes to nothing are left out.
#[derive(Clone, Copy, Debug)]
pub struct Act {
    /// What kind of message.
    pub kind: Kind,
    /// Its amount.
    pub sum: Sum,
    /// What is special about it.
    pub mark: Mark,
}

/// An amount in the terms of the story, cut to the currency's decimals.
#[derive(Clone, Copy, Debug)]
pub enum Sum {
    /// So many everyday units (a dollar, a hundred yen).
    Units(u64),
    /// Percent of the story's base amount.
    Base(u32),
    /// The base amount, but not more than what is authorized.
    BaseWithin,
    /// Percent of what was approved so far.
    Authorized(u32),
    /// What is still held.
    Rest,
}

/// What is special about a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    Plain,
    /// The amount is a guess.
    Preauthorization,
    /// Percent of the amount is cash from the till.
    CashBack(u32),
    /// Clearing n of m.
    Part(u8, u8),
    /// Clearing m of m, final: lets the rest of the hold go.
    LastPart(u8, u8),
    /// The network does not wait for the answer: it counts as timed out, whatever it was.
    GivesUp,
    /// Marqeta decided in our place.
    StandIn,
}

impl Act {
    const fn marked(mut self, mark: Mark) -> Self {
        self.mark = mark;
        self
    }
}

const fn act(kind: Kind, sum: Sum) -> Act {
    Act {
        kind,
        sum,
        mark: Mark::Plain,
    }
}

const fn ask(kind: Kind, sum: Sum) -> Step {
    Step::Ask(act(kind, sum))
}

const fn tell(kind: Kind, sum: Sum) -> Step {
    Step::Tell(act(kind, sum))
}
