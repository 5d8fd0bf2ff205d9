//! The same purchase twice: only tokens distinguish the two.

use super::purchases;
use crate::program::{Links, Message, Program};
use holdfast_simulator::Random;

/// The same purchase a little earlier, at the same shop and with the same card: evidence alone does not distinguish the
/// two apart.
pub(super) fn repeat_last(program: &mut Program, random: &mut Random) {
    let (purchase, next) = (purchases(program) - 1, program.messages.len() as u32);
    let is_last = |message: &&Message| message.purchase == purchase;
    let first = next - program.messages.iter().filter(is_last).count() as u32;
    let earlier = random.between(1, 30) as i64;
    if program.messages[first as usize..]
        .iter()
        .any(Message::is_unlinked)
    {
        return;
    }
    for id in first..next {
        let original = &mut program.messages[id as usize];
        original.shop = Some(purchase);
        let other = |id: u32| if id >= first { id - first + next } else { id };
        let links = original.links;
        let message = Message {
            id: other(id),
            purchase: purchase + 1,
            at: original.at - earlier,
            expires: original.expires.map(|at| at - earlier),
            links: Links {
                original: links.original.map(other),
                preceding: links.preceding.map(other),
                series: links.series.map(other),
                order: links.order,
            },
            ..original.clone()
        };
        program.messages.push(message);
    }
}
