//! Which hold a message belongs to (design section 2, "Which hold?").

use super::Account;
use crate::fact::{Key, Links, Role};
use crate::hold::Hold;
use crate::token::{HoldId, TransactionToken};

/// Where a message goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// No hold knows of it: it gets one.
    New,
    /// To this hold.
    Hold(HoldId),
    /// To the first; the others turn out to be the same purchase and are merged into it.
    Merge(HoldId, Vec<HoldId>),
}

impl Account {
    /// Where a message goes. Keys are tried strongest first. Holds merge only when the keys of one
    /// message join them, and at most one of them has an original.
    #[must_use]
    pub fn route(&self, links: &Links, role: Role) -> Route {
        let mut found: Vec<&Hold> = Vec::new();
        for key in links.lookup_keys(role) {
            if let Some(hold) = self.hold_of(&key)
                && !found.iter().any(|known| known.id == hold.id)
                && may_join(hold, links, role)
            {
                found.push(hold);
            }
        }
        if found.is_empty() {
            let last = links.last_resort(role).and_then(|key| self.hold_of(&key));
            let by_network = || links.by_network(role).and_then(|key| self.hold_of(&key));
            found.extend(last.or_else(by_network));
        }
        choose_route(&found, &links.own)
    }

    fn hold_of(&self, key: &Key) -> Option<&Hold> {
        self.keys.get(key).and_then(|id| self.holds.get(id))
    }
}

/// An original joins a hold that has none, or its own; another purchase under the same order is another hold.
/// What stands alone looks by its own name only.
fn may_join(hold: &Hold, links: &Links, role: Role) -> bool {
    match role {
        Role::FollowUp | Role::Alone | Role::Dispute => true,
        Role::Original => hold
            .original_token()
            .is_none_or(|original| *original == links.own),
    }
}

/// The hold with an original takes in the others; without one, the oldest name does, so that the order of
/// arrival cannot show. Where several have originals nothing merges: a message that is known stays where
/// it is, and for a new one the strongest key decides.
fn choose_route(found: &[&Hold], own: &TransactionToken) -> Route {
    let Some(strongest) = found.first() else {
        return Route::New;
    };
    let mut originals = found.iter().filter(|hold| hold.original_token().is_some());
    let original = originals.next();
    if originals.next().is_some() {
        let known = found.iter().find(|hold| hold.has_message(own));
        return Route::Hold(known.unwrap_or(strongest).id.clone());
    }
    let target = original
        .or_else(|| found.iter().min_by_key(|hold| &hold.id))
        .unwrap_or(strongest);
    let others: Vec<HoldId> = found
        .iter()
        .map(|hold| hold.id.clone())
        .filter(|id| *id != target.id)
        .collect();
    if others.is_empty() {
        Route::Hold(target.id.clone())
    } else {
        Route::Merge(target.id.clone(), others)
    }
}
