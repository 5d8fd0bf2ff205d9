//! What became of one message in the end: what was answered and notified of it, reduced to one view.

use crate::history::History;
use crate::program::Message;
use crate::wording::Meaning;

/// What became of one message, all considered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// It counts.
    Counts(Counted),
    /// Marqeta says that it was declined or failed.
    Cancelled,
    /// It was not approved, or neither requested nor notified.
    Nothing,
}

/// A message that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) amount: i64,
    /// The furthest state in which it was notified; `None` when our approval alone is known.
    state: Option<&'static str>,
    /// Did we approve it?
    is_ours: bool,
}

impl Counted {
    /// Is it in the state in which messages of its kind move final money?
    pub(super) fn is_final(&self, meaning: Meaning) -> bool {
        match self.state {
            None | Some("COMPLETION") => true,
            Some("CLEARED") => matches!(meaning, Meaning::CreditClearing | Meaning::CreditReversal),
            _ => false,
        }
    }

    /// Does it hold money: an approval, or a debit that is approved by Marqeta alone and not final yet?
    pub(super) fn holds(&self, meaning: Meaning) -> bool {
        let is_early = meaning == Meaning::Debit && !self.is_ours && !self.is_final(meaning);
        meaning.is_approval() || is_early
    }
}

/// Declined or failed beats every other notification, and a notification beats our response.
pub(super) fn view(message: &Message, history: &History) -> View {
    const STATES: [&str; 3] = ["PENDING", "CLEARED", "COMPLETION"];
    let endings = history.endings(message.id);
    if endings.iter().any(|ending| ending.is_failed()) {
        return View::Cancelled;
    }
    let is_ours = history.approved(message.id);
    let good = endings.iter().filter(|ending| ending.is_good());
    let states = good.map(|ending| ending.state(message));
    let state = states.max_by_key(|state| STATES.iter().position(|known| known == state));
    let amount = match state {
        Some(_) => message.amount,
        None => message.asked.unwrap_or(message.amount),
    };
    match state.is_some() || is_ours {
        true => View::Counts(Counted {
            amount,
            state,
            is_ours,
        }),
        false => View::Nothing,
    }
}
