//! The stories that are played.

use super::Mark::{CashBack, GivesUp, LastPart, Part, Preauthorization, StandIn};
use super::Step::{Ask, Days, Minutes, Tell};
use super::Sum::{Authorized, Base, BaseWithin, Rest, Units};
use super::{Step, Story, act, ask, tell};
use crate::Kind::{
    Advice, Authorization, Clearing, ForceCapture, Increment, PartialReversal, PinDebit,
    PinDebitCashBack, Refund, Reversal,
};
use crate::Trade;

const OPENING: Step = ask(Authorization, Base(100));
const CLEARING: Step = tell(Clearing, Rest);

/// Every story, with the weight that it has unless told otherwise.
pub static CATALOGUE: &[Story] = &[
    story(
        "purchase",
        40,
        Trade::Grocery,
        (350, 9_900),
        &[OPENING, Days(2), CLEARING],
    ),
    story(
        "tip",
        10,
        Trade::Restaurant,
        (1_500, 12_000),
        &[OPENING, Days(1), tell(Clearing, Authorized(120))],
    ),
    story(
        "fuel",
        8,
        Trade::Fuel,
        (2_000, 11_000),
        &[
            Ask(act(Authorization, Units(125)).marked(Preauthorization)),
            Minutes(6),
            tell(Advice, BaseWithin),
            Days(1),
            CLEARING,
        ],
    ),
    story(
        "fuel, one dollar",
        3,
        Trade::Fuel,
        (2_000, 7_000),
        &[
            Ask(act(Authorization, Units(1)).marked(Preauthorization)),
            Days(1),
            tell(Clearing, Base(100)),
        ],
    ),
    story(
        "hotel",
        5,
        Trade::Hotel,
        (9_000, 30_000),
        &[
            Ask(act(Authorization, Base(100)).marked(Preauthorization)),
            Days(1),
            ask(Increment, Base(40)),
            Days(1),
            ask(Increment, Base(20)),
            Days(1),
            CLEARING,
        ],
    ),
    story(
        "split shipment",
        6,
        Trade::Online,
        (4_000, 20_000),
        &[
            OPENING,
            Days(2),
            Tell(act(Clearing, Authorized(40)).marked(Part(1, 3))),
            Days(1),
            Tell(act(Clearing, Authorized(20)).marked(Part(2, 3))),
            Days(2),
            Tell(act(Clearing, Authorized(25)).marked(LastPart(3, 3))),
        ],
    ),
    story(
        "refund",
        6,
        Trade::Online,
        (1_000, 9_000),
        &[
            OPENING,
            Days(1),
            CLEARING,
            Days(4),
            tell(Refund, Authorized(100)),
        ],
    ),
    story(
        "reversal",
        5,
        Trade::Grocery,
        (500, 8_000),
        &[OPENING, Minutes(3), tell(Reversal, Rest)],
    ),
    story(
        "partial reversal",
        4,
        Trade::Online,
        (3_000, 25_000),
        &[
            OPENING,
            Minutes(30),
            tell(PartialReversal, Authorized(40)),
            Days(2),
            CLEARING,
        ],
    ),
    story(
        "pin debit",
        8,
        Trade::Grocery,
        (300, 7_000),
        &[ask(PinDebit, Base(100))],
    ),
    story(
        "cash back",
        3,
        Trade::Grocery,
        (3_000, 9_000),
        &[Ask(act(PinDebitCashBack, Base(100)).marked(CashBack(40)))],
    ),
    story(
        "decline",
        4,
        Trade::Online,
        (1, 1),
        &[
            ask(Authorization, Units(5_000_000)),
            Minutes(1),
            tell(Reversal, Rest),
        ],
    ),
    story(
        "force capture",
        1,
        Trade::Grocery,
        (400, 4_000),
        &[tell(ForceCapture, Base(100))],
    ),
    story(
        "timed out",
        1,
        Trade::Grocery,
        (500, 6_000),
        &[Ask(act(Authorization, Base(100)).marked(GivesUp))],
    ),
    story(
        "stand-in",
        1,
        Trade::Grocery,
        (500, 6_000),
        &[
            Tell(act(Authorization, Base(100)).marked(StandIn)),
            Days(2),
            CLEARING,
        ],
    ),
];

const fn story(
    name: &'static str,
    weight: u32,
    trade: Trade,
    base_cents: (u64, u64),
    steps: &'static [Step],
) -> Story {
    Story {
        name,
        weight,
        trade,
        base_cents,
        steps,
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
            assert!(matches!(story.steps[0], Ask(_) | Tell(_)), "{}", story.name);
            assert!(!story.trade.merchants().is_empty());
            assert!(story.base_cents.0 <= story.base_cents.1 && story.weight > 0);
        }
    }
}
