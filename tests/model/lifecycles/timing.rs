//! When the messages of a purchase are made.

use super::{DAY, Draft, HOUR, MARGIN};
use crate::program::{MCCS, Message};
use crate::wording::Meaning;

impl Draft<'_> {
    pub(super) fn wait(&mut self) {
        let seconds = match self.random.below(20) {
            0..=7 => self.random.between(1, 60),
            8..=14 => self.random.between(61, 2 * HOUR as u64),
            15..=18 => self.random.between(1, DAY as u64),
            _ => self.random.between(DAY as u64, 3 * DAY as u64),
        };
        self.at += seconds as i64;
    }

    /// Puts some messages into the same second, where their kinds alone give the order, and takes the
    /// time from some last message, which is last without it.
    fn crowd(&mut self) {
        for later in 1..self.messages.len() {
            let (before, message) = (&self.messages[later - 1], &self.messages[later]);
            let is_ordered = rank(before).is_some() && rank(before) < rank(message);
            let gap = message.at - before.at;
            if is_ordered && gap < DAY && self.random.chance(0.15) {
                for message in &mut self.messages[later..] {
                    message.at -= gap;
                    message.expires = message.expires.map(|at| at - gap);
                }
            }
        }
        let is_timeless = self.messages.len() > 1 && self.random.chance(0.05);
        if let Some(last) = self.messages.last_mut() {
            last.is_timeless = is_timeless && rank(last) > Some(2);
        }
    }

    /// The messages on the program's clock, all in the past and no deadline near now.
    pub(super) fn aged(mut self) -> Vec<Message> {
        self.crowd();
        let age = match self.random.below(10) {
            0..=5 => self.random.between(0, 3 * HOUR as u64),
            6..=7 => self.random.between(0, 6 * DAY as u64),
            _ => self.random.between(8 * DAY as u64, 40 * DAY as u64),
        } as i64;
        let mut shift = -self.at - MARGIN - age;
        let near = |messages: &[Message], shift: i64| {
            let holds = |m: &&Message| {
                let meaning = m.wording.meaning;
                meaning.is_approval() || meaning == Meaning::Debit
            };
            let deadlines = messages
                .iter()
                .filter(holds)
                .filter_map(|m| crate::model::deadline([m].into_iter()));
            deadlines.map(|at| at + shift).any(|at| at.abs() < MARGIN)
        };
        while near(&self.messages, shift) {
            shift -= MARGIN;
        }
        let mcc = match self.random.chance(0.5) {
            true => MCCS[0],
            false => self.random.pick(&MCCS).unwrap(),
        };
        for message in &mut self.messages {
            message.mcc = mcc;
            message.at += shift;
            message.expires = message.expires.map(|at| at + shift);
        }
        self.messages
    }
}

/// Their place among messages of the same second; `None` for what must have a second of its own.
fn rank(message: &Message) -> Option<u8> {
    Some(match message.wording.meaning {
        Meaning::Original | Meaning::Debit | Meaning::Credit | Meaning::CreditAuthorization => 0,
        Meaning::Increment => 1,
        Meaning::Advice => 2,
        Meaning::Reversal | Meaning::ReleaseAll => 3,
        Meaning::DebitReversal | Meaning::CreditReversal => 3,
        Meaning::Clearing | Meaning::CreditClearing => 4,
        _ => return None,
    })
}
