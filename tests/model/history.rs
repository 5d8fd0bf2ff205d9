//! The history of a program's messages while it ran: our responses, and Marqeta's notifications.

use crate::program::{Ending, Notified};
use std::collections::{BTreeMap, BTreeSet};

/// Answers and notifications so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    approved: BTreeSet<u32>,
    refused: BTreeSet<u32>,
    endings: BTreeMap<u32, Vec<Ending>>,
    changed: BTreeSet<u32>,
}

impl History {
    /// We answered. An approval stays one.
    pub(crate) fn response(&mut self, message: u32, is_approved: bool) {
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

    /// Marqeta notifies; returns the ending that it sends after our response, if it sends one.
    pub(crate) fn notify(&mut self, notified: Notified) -> Option<Ending> {
        let was_refused =
            !self.approved(notified.message) && self.refused.contains(&notified.message);
        let ending = match notified.ending {
            Ending::Answered | Ending::Refusal if was_refused => Ending::Declined,
            Ending::Answered => Ending::Done,
            Ending::Refusal => return None,
            other => other,
        };
        if ending != Ending::Twin {
            self.endings
                .entry(notified.message)
                .or_default()
                .push(ending);
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

    /// The endings that were notified.
    pub(crate) fn endings(&self, message: u32) -> &[Ending] {
        self.endings.get(&message).map_or(&[], Vec::as_slice)
    }

    /// Has Marqeta notified how it ended?
    pub(crate) fn is_ended(&self, message: u32) -> bool {
        let endings = self.endings(message);
        endings
            .iter()
            .any(|ending| ending.is_failed() || ending.is_good())
    }
}
