//! The lives of purchases, as data: a story is a table of steps, played against the front.

mod amounts;
mod catalogue;
mod clock;
mod context;
mod description;
mod run;

pub use catalogue::CATALOGUE;
pub(crate) use context::{StoryTimer, TrafficContext};
pub(crate) use run::StoryRun;

use crate::{MessageKind, Trade};

/// One way a purchase can go.
#[derive(Debug)]
pub struct Story {
    /// Short name, as the live screen shows it.
    pub name: &'static str,
    /// How often it is played, compared with the others.
    pub weight: u32,
    /// Trade of its merchants.
    pub trade: Trade,
    /// Range of the story's base amount, in hundredths of the currency's everyday unit.
    pub base_cents: (u64, u64),
    /// What happens.
    pub steps: &'static [StoryStep],
}

/// One step of a story.
#[derive(Clone, Copy, Debug)]
pub enum StoryStep {
    /// A JIT request, and after its response the notification. A story ends when its original
    /// authorization is not approved; an increment that is not approved is skipped.
    Request(StoryMessage),
    /// A notification without a request.
    Notify(StoryMessage),
    /// So many minutes pass.
    Minutes(u32),
    /// So many days pass.
    Days(u32),
}

/// A message of a story. It is skipped when its amount is zero.
#[derive(Clone, Copy, Debug)]
pub struct StoryMessage {
    /// What kind of message.
    pub kind: MessageKind,
    /// Its amount.
    pub amount: StoryAmount,
    /// What is special about it.
    pub mark: Mark,
}

/// An amount in the terms of the story, cut to the currency's decimals.
#[derive(Clone, Copy, Debug)]
pub enum StoryAmount {
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
    /// The amount is an estimate.
    Preauthorization,
    /// Percent of the amount is cash from the till.
    CashBack(u32),
    /// Clearing n of m.
    Part(u8, u8),
    /// Clearing m of m, final: releases the rest of the hold.
    LastPart(u8, u8),
    /// The network does not wait for the response: it counts as timed out, whatever it was.
    GivesUp,
    /// Stand-in: Marqeta decided.
    StandIn,
}

impl StoryMessage {
    const fn with_mark(mut self, mark: Mark) -> Self {
        self.mark = mark;
        self
    }
}

const fn message(kind: MessageKind, amount: StoryAmount) -> StoryMessage {
    StoryMessage {
        kind,
        amount,
        mark: Mark::Plain,
    }
}

const fn request(kind: MessageKind, amount: StoryAmount) -> StoryStep {
    StoryStep::Request(message(kind, amount))
}

const fn notify(kind: MessageKind, amount: StoryAmount) -> StoryStep {
    StoryStep::Notify(message(kind, amount))
}
