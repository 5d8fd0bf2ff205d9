//! State changes in memory: each is read as it was written, and the state in force is compared with the model.

use super::Books;
use crate::changes;
use holdfast_ledger::transition::{Subject, Transition, state_in_force};

impl Books<'_> {
    pub(super) fn change(&mut self, id: u32) {
        let change = self.program.change(id);
        let (family, item) = changes::write(&self.letters, self.program, id);
        let read = holdfast_marqeta::transition::read_transition(family, &item).unwrap();
        let transition = Transition {
            token: read.token,
            state: read.state.unwrap(),
            created: read.created,
        };
        self.history.change(id);
        self.changes
            .push(((change.account, change.card), transition));
    }

    /// Where the state of a card or an account differs from the model.
    pub(super) fn compare_states(&self) -> Vec<String> {
        let differs = |(subject, _): &((usize, Option<u32>), Transition)| {
            let (account, card) = *subject;
            let of = if card.is_some() {
                Subject::Card
            } else {
                Subject::Account
            };
            let own = self.changes.iter().filter(|(of, _)| of == subject);
            let found = state_in_force(of, own.map(|(_, transition)| transition));
            let ids = self.history.changed();
            let delivered = changes::delivered(self.program, ids, account, card);
            let expected = changes::state_in_force(&delivered);
            let text =
                || format!("account {account} card {card:?} is {found:?}, and not {expected:?}");
            (found != expected).then(text)
        };
        self.changes.iter().filter_map(differs).collect()
    }
}
