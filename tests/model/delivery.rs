//! How a program's messages reach us: shuffled, late, early, twice, by the envelope.

use crate::lifecycles::{Excluded, endings};
use crate::program::{Ending, Message, Notified, Program, Step};
use crate::wording::Meaning;
use holdfast_simulator::Random;

/// Marqeta's limit.
const ENVELOPE_MAX: u64 = 10;
const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;
/// Longer ago than any message.
const RUSH: i64 = 1000 * DAY;

/// One thing that reaches us, and when; hours may pass or nothing at all.
#[derive(Debug, Clone, Copy)]
enum Arrival {
    Ask(u32),
    Notified(Notified),
    Change(u32),
}

/// How much disorder there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Disorder {
    /// As it happened, more or less.
    Little,
    /// Some of it much too late or too early.
    Late,
    /// All is asked first, much of it at once.
    Rush,
    /// Nothing is where it was.
    Full,
}

/// The steps of delivery of all messages.
pub(crate) fn steps(program: &Program, random: &mut Random) -> Vec<Step> {
    let disorders = [
        Disorder::Little,
        Disorder::Late,
        Disorder::Rush,
        Disorder::Full,
    ];
    let disorder = *random.pick(&disorders).unwrap();
    let mut arrivals: Vec<(i64, Arrival)> = Vec::new();
    for (time, arrival) in all(program, random) {
        let delay = match disorder {
            Disorder::Little => random.below(120) as i64,
            Disorder::Late if random.chance(0.25) => random.below(2_000_000) as i64 - 500_000,
            Disorder::Late => random.below(HOUR as u64) as i64,
            Disorder::Rush if matches!(arrival, Arrival::Ask(_)) => -RUSH,
            Disorder::Rush => random.below(DAY as u64) as i64,
            Disorder::Full => random.below(100_000_000) as i64 * 1000,
        };
        arrivals.push((time + delay, arrival));
    }
    for change in &program.changes {
        for _ in 0..random.between(1, 3) {
            let time = random.pick(&arrivals).map_or(0, |(time, _)| *time);
            arrivals.push((time, Arrival::Change(change.id)));
        }
    }
    arrivals.sort_by_key(|(time, _)| *time);
    let arrivals: Vec<Arrival> = arrivals.into_iter().map(|(_, arrival)| arrival).collect();
    grouped(&arrivals, random)
}

/// Every request and notification of every message, some more than once.
fn all(program: &Program, random: &mut Random) -> Vec<(i64, Arrival)> {
    let mut arrivals = Vec::new();
    for message in &program.messages {
        let is_asked = message.wording.is_asked && !message.is_bare && random.chance(0.9);
        let mut items = endings(message, is_asked, random);
        let is_debit = message.wording.meaning == Meaning::Debit;
        if is_debit && is_asked && program.accounts[message.account].money.is_empty() {
            // As long as the account does not exist, our response leaves nothing behind.
            items.retain(|notified| !matches!(notified.ending, Ending::Pending | Ending::Cleared));
        }
        if message.shop.is_some() && message.wording.meaning == Meaning::Original {
            items = notified(message, items, true);
        }
        if let Some(grows) = is_matched(program, message) {
            let may_fail = !grows || !Excluded::IncrementOfDeclined.is_left_out();
            items = notified(message, items, may_fail);
        }
        if is_debit && !is_asked && random.chance(0.1) {
            // All that reaches us is what takes it back.
            items.clear();
        }
        if is_asked {
            arrivals.push((message.at, Arrival::Ask(message.id)));
            if random.chance(0.1) {
                // The response was lost: the same is asked again.
                arrivals.push((message.at + 3, Arrival::Ask(message.id)));
            }
        }
        for notified in items {
            if notified.ending == Ending::Refusal {
                // Only in the end is it known what we answered.
                arrivals.push((i64::MAX / 2, Arrival::Notified(notified)));
                continue;
            }
            let copies = if random.chance(0.15) {
                random.between(2, 3)
            } else {
                1
            };
            for _ in 0..copies {
                arrivals.push((message.at + 5, Arrival::Notified(notified)));
            }
        }
    }
    arrivals
}

/// Is it the original of a purchase that a clearing is matched to by evidence, and are there increments?
fn is_matched(program: &Program, message: &Message) -> Option<bool> {
    let others = program.messages.iter();
    let mut others =
        others.filter(|other| other.purchase == message.purchase && other.id != message.id);
    let is_increment = |other: &Message| other.wording.meaning == Meaning::Increment;
    let is_matched =
        message.wording.meaning == Meaning::Original && others.clone().any(Message::is_unlinked);
    is_matched.then(|| others.any(is_increment))
}

/// A decision looks for no clearing that waits, and a request has no approval code: both come with the
/// notification.
fn notified(message: &Message, items: Vec<Notified>, may_fail: bool) -> Vec<Notified> {
    let notified = |ending| Notified {
        message: message.id,
        ending,
    };
    let is_kept = |notified: &Notified| match notified.ending {
        Ending::Refusal => false,
        Ending::Answered => may_fail,
        ending => may_fail || !ending.is_failed(),
    };
    let mut kept: Vec<Notified> = items.into_iter().filter(is_kept).collect();
    if !kept.iter().any(|notified| notified.ending.is_good()) {
        kept.push(notified(Ending::Done));
    }
    kept
}

fn grouped(arrivals: &[Arrival], random: &mut Random) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut room = 0;
    for arrival in arrivals {
        match (arrival, steps.last_mut()) {
            (Arrival::Ask(message), Some(Step::Ask(asked))) if room > 0 => asked.push(*message),
            (Arrival::Notified(notified), Some(Step::Notify(last))) if room > 0 => {
                last.push(*notified)
            }
            (Arrival::Change(id), Some(Step::Change(changes))) if room > 0 => changes.push(*id),
            (arrival, _) => {
                room = random.between(1, ENVELOPE_MAX);
                if random.chance(0.15) {
                    steps.push(Step::Apply);
                }
                if random.chance(0.04) {
                    steps.push(Step::Expire);
                }
                steps.push(match arrival {
                    Arrival::Ask(message) => Step::Ask(vec![*message]),
                    Arrival::Notified(notified) => Step::Notify(vec![*notified]),
                    Arrival::Change(id) => Step::Change(vec![*id]),
                });
            }
        }
        room -= 1;
    }
    steps
}
