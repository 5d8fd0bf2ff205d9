//! How each message ends at Marqeta, and what of it is told.

use super::Excluded;
use crate::program::{Ending, Message, Tell};
use holdfast_simulator::Random;

/// What is told of a message, in no order.
pub(crate) fn endings(message: &Message, is_asked: bool, random: &mut Random) -> Vec<Tell> {
    let mut tells = chosen(message, is_asked, random);
    if !Excluded::RefusedAndNeverTold.is_left_out() {
        tells.retain(|tell| tell.ending != Ending::Refusal);
    }
    tells
}

fn chosen(message: &Message, is_asked: bool, random: &mut Random) -> Vec<Tell> {
    let tell = |ending| Tell {
        message: message.id,
        ending,
    };
    let authorizes = message.wording.success == "PENDING" && message.wording.meaning.is_approval();
    let mut tells = vec![match random.below(100) {
        0..=3 => tell(Ending::Declined),
        4..=5 => tell(Ending::Error),
        6..=8 if is_asked => tell(Ending::TimedOut),
        9..=15 if is_asked => tell(Ending::Done),
        16..=18 if authorizes => tell(Ending::Final),
        19 if !is_asked => tell(Ending::Strange),
        _ if is_asked => tell(Ending::Answered),
        _ => tell(Ending::Done),
    }];
    match random.below(100) {
        // Later it comes to nothing after all.
        0..=2 => tells.push(tell(Ending::Declined)),
        3 => tells.push(tell(Ending::Strange)),
        4..=15 => tells.push(tell(Ending::Twin)),
        // Not told, as it is what we know already.
        16..=18 if is_asked => tells = vec![tell(Ending::Refusal)],
        _ => {}
    }
    tells
}
