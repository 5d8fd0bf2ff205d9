//! The stories that are played.

use super::Mark::{CashBack, GivesUp, LastPart, Part, Preauthorization, StandIn};
use super::StoryAmount::{Authorized, Base, BaseWithin, Rest, Units};
use super::StoryStep::{Days, Minutes, Notify, Request};
use super::{Story, StoryStep, message, notify, request};
use crate::MessageKind::{
    Advice, Authorization, Clearing, ForceCapture, Increment, PartialReversal, PinDebit,
    PinDebitCashBack, Refund, Reversal,
};
use crate::Trade::{self, Fuel, Grocery, Hotel, Online, Restaurant};

const ORIGINAL: StoryStep = request(Authorization, Base(100));
const CLEARING: StoryStep = notify(Clearing, Rest);

/// Every story, with its default weight.
pub static CATALOGUE: &[Story] = &[
    story("purchase", 40, Grocery, (350, 9_900)).with_steps(&[ORIGINAL, Days(2), CLEARING]),
    story("tip", 10, Restaurant, (1_500, 12_000)).with_steps(&[
        ORIGINAL,
        Days(1),
        notify(Clearing, Authorized(120)),
    ]),
    story("fuel", 8, Fuel, (2_000, 11_000)).with_steps(&[
        Request(message(Authorization, Units(125)).with_mark(Preauthorization)),
        Minutes(6),
        notify(Advice, BaseWithin),
        Days(1),
        CLEARING,
    ]),
    story("fuel, one dollar", 3, Fuel, (2_000, 7_000)).with_steps(&[
        Request(message(Authorization, Units(1)).with_mark(Preauthorization)),
        Days(1),
        notify(Clearing, Base(100)),
    ]),
    story("hotel", 5, Hotel, (9_000, 30_000)).with_steps(&[
        Request(message(Authorization, Base(100)).with_mark(Preauthorization)),
        Days(1),
        request(Increment, Base(40)),
        Days(1),
        request(Increment, Base(20)),
        Days(1),
        CLEARING,
    ]),
    story("split shipment", 6, Online, (4_000, 20_000)).with_steps(&[
        ORIGINAL,
        Days(2),
        Notify(message(Clearing, Authorized(40)).with_mark(Part(1, 3))),
        Days(1),
        Notify(message(Clearing, Authorized(20)).with_mark(Part(2, 3))),
        Days(2),
        Notify(message(Clearing, Authorized(25)).with_mark(LastPart(3, 3))),
    ]),
    story("refund", 6, Online, (1_000, 9_000)).with_steps(&[
        ORIGINAL,
        Days(1),
        CLEARING,
        Days(4),
        notify(Refund, Authorized(100)),
    ]),
    story("reversal", 5, Grocery, (500, 8_000)).with_steps(&[
        ORIGINAL,
        Minutes(3),
        notify(Reversal, Rest),
    ]),
    story("partial reversal", 4, Online, (3_000, 25_000)).with_steps(&[
        ORIGINAL,
        Minutes(30),
        notify(PartialReversal, Authorized(40)),
        Days(2),
        CLEARING,
    ]),
    story("pin debit", 8, Grocery, (300, 7_000)).with_steps(&[request(PinDebit, Base(100))]),
    story("cash back", 3, Grocery, (3_000, 9_000)).with_steps(&[Request(
        message(PinDebitCashBack, Base(100)).with_mark(CashBack(40)),
    )]),
    story("decline", 4, Online, (1, 1)).with_steps(&[
        request(Authorization, Units(5_000_000)),
        Minutes(1),
        notify(Reversal, Rest),
    ]),
    story("force capture", 1, Grocery, (400, 4_000)).with_steps(&[notify(ForceCapture, Base(100))]),
    story("timed out", 1, Grocery, (500, 6_000)).with_steps(&[Request(
        message(Authorization, Base(100)).with_mark(GivesUp),
    )]),
    story("stand-in", 1, Grocery, (500, 6_000)).with_steps(&[
        Notify(message(Authorization, Base(100)).with_mark(StandIn)),
        Days(2),
        CLEARING,
    ]),
];

const fn story(name: &'static str, weight: u32, trade: Trade, base_cents: (u64, u64)) -> Story {
    Story {
        name,
        weight,
        trade,
        base_cents,
        steps: &[],
    }
}

impl Story {
    const fn with_steps(mut self, steps: &'static [StoryStep]) -> Self {
        self.steps = steps;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_story_has_its_own_name_and_begins_with_a_message() {
        for (n, story) in CATALOGUE.iter().enumerate() {
            assert!(
                CATALOGUE[..n].iter().all(|other| other.name != story.name),
                "{}",
                story.name
            );
            assert!(
                matches!(story.steps[0], Request(_) | Notify(_)),
                "{}",
                story.name
            );
            assert!(!story.trade.merchants().is_empty());
            assert!(story.base_cents.0 <= story.base_cents.1 && story.weight > 0);
        }
    }
}
