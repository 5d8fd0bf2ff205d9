//! What became of a program's messages while it ran: what we answered, and what Marqeta told.

use crate::program::{Ending, Tell};
use std::collections::{BTreeMap, BTreeSet};

/// Answers and notifications so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Course {
    approved: BTreeSet<u32>,
    refused: BTreeSet<u32>,
    told: BTreeMap<u32, Vec<Ending>>,
    changed: BTreeSet<u32>,
}

impl Course {
    /// We answered. An approval stays one.
    pub(crate) fn answer(&mut self, message: u32, is_approved: bool) {
        if is_approved {
            self.approved.insert(message);
        } else {
            self.refused.insert(message);
        }
    }

    /// Did we approve it?
    pub(crate) fn approved(&self, message: u32) -> bool {
        self.approved.contains(&message)
    }

    /// Marqeta tells; returns what it says after what it heard, if it says anything.
    pub(crate) fn tell(&mut self, tell: Tell) -> Option<Ending> {
        let was_refused = !self.approved(tell.message) && self.refused.contains(&tell.message);
        let ending = match tell.ending {
            Ending::Answered | Ending::Refusal if was_refused => Ending::Declined,
            Ending::Answered => Ending::Done,
            Ending::Refusal => return None,
            other => other,
        };
        if ending != Ending::Twin {
            self.told.entry(tell.message).or_default().push(ending);
        }
        Some(ending)
    }

    /// A state change was delivered.
    pub(crate) fn change(&mut self, id: u32) {
        self.changed.insert(id);
    }

    /// All state changes that were delivered.
    pub(crate) fn changed(&self) -> impl Iterator<Item = u32> {
        self.changed.iter().copied()
    }

    /// All that was told of it.
    pub(crate) fn told(&self, message: u32) -> &[Ending] {
        self.told.get(&message).map_or(&[], Vec::as_slice)
    }

    /// Has Marqeta told how it ended?
    pub(crate) fn is_told(&self, message: u32) -> bool {
        let told = self.told(message);
        told.iter()
            .any(|ending| ending.is_failed() || ending.is_good())
    }
}
