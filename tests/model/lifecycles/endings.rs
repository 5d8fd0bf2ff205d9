//! How each message ends at Marqeta, and which notifications say so.

use super::Excluded;
use crate::program::{Ending, Message, Notified};
use holdfast_simulator::Random;

/// The notifications of a message, in no order.
pub(crate) fn endings(message: &Message, is_asked: bool, random: &mut Random) -> Vec<Notified> {
    let notified = |ending| Notified {
        message: message.id,
        ending,
    };
    let mut endings = vec![first(is_asked, random)];
    match random.below(100) {
        // Later it is declined after all.
        0..=2 => endings.push(Ending::Declined),
        3 => endings.push(Ending::Strange),
        4..=15 => endings.push(Ending::Twin),
        // Not notified, as it is what we know already.
        16..=18 if is_asked => endings = vec![Ending::Refusal],
        _ => {}
    }
    match random.below(100) {
        0..=4 => endings.push(Ending::Pending),
        5..=7 => endings.push(Ending::Cleared),
        8..=9 => endings.push(Ending::Final),
        // No state but these.
        10..=11 => endings = vec![Ending::Pending],
        12 => endings = vec![Ending::Cleared],
        13 => endings = vec![Ending::Final],
        _ => {}
    }
    if !Excluded::RefusedAndNeverTold.is_left_out() {
        endings.retain(|ending| *ending != Ending::Refusal);
    }
    endings.into_iter().map(notified).collect()
}

fn first(is_asked: bool, random: &mut Random) -> Ending {
    match random.below(100) {
        0..=3 => Ending::Declined,
        4..=5 => Ending::Error,
        6..=8 if is_asked => Ending::TimedOut,
        9..=15 if is_asked => Ending::Done,
        19 if !is_asked => Ending::Strange,
        _ if is_asked => Ending::Answered,
        _ => Ending::Done,
    }
}
