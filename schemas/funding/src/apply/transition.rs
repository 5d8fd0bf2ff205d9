//! State transitions of cards, users and businesses: collected from a unit's items, recorded together.

use super::anomalies::Finding;
use super::item::Doing;
use crate::dead_letter::ParkedBecause;
use holdfast_events::DeadLetterCode;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_ledger::transition::{Subject, Transition};
use holdfast_marqeta::{Envelope, Malformed};
use holdfast_store::StoreError;
use holdfast_store::notification::StoredNotification;
use holdfast_store::unit::Unit;

/// The transitions of a unit, recorded at its end: cards are then locked in one order.
#[derive(Default)]
pub(super) struct Transitions {
    cards: Vec<(CardToken, Transition)>,
    accounts: Vec<(AccountToken, Transition)>,
}

impl Transitions {
    /// Adds a card's transition. An unknown state needs review.
    pub(super) fn add_card(&mut self, card: CardToken, transition: Transition) -> Option<Finding> {
        let unknown = unknown_state(Subject::Card, &format!("card {card}"), &transition);
        self.cards.push((card, transition));
        unknown
    }

    /// Adds a user's or business's transition. An unknown state needs review.
    pub(super) fn add_account(
        &mut self,
        account: AccountToken,
        transition: Transition,
    ) -> Option<Finding> {
        let unknown = unknown_state(Subject::Account, &format!("account {account}"), &transition);
        self.accounts.push((account, transition));
        unknown
    }

    /// Stores them and brings the states in force up to date.
    pub(super) async fn record(&self, unit: &mut Unit, now: Moment) -> Result<(), StoreError> {
        unit.record_card_transitions(&self.cards, now).await?;
        unit.record_account_transitions(&self.accounts, now).await
    }
}

fn unknown_state(subject: Subject, of: &str, transition: &Transition) -> Option<Finding> {
    let state = &transition.state;
    (!subject.knows_state(state)).then(|| {
        let detail =
            format!("{of} is {state} at marqeta: the state is not known and blocks nothing");
        Finding::new(AlertKind::UnknownState, detail)
    })
}

/// What a notification of another family than `transactions` does.
pub(super) fn read_transition(stored: &StoredNotification) -> Doing {
    if stored.family == Malformed::FAMILY {
        return park_malformed(&stored.raw);
    }
    let of_card = stored.family == "cardtransitions";
    let of_account = ["usertransitions", "businesstransitions"].contains(&stored.family.as_str());
    if !of_card && !of_account {
        return Doing::Nothing;
    }
    let read = match holdfast_marqeta::Transition::parse(&stored.family, &stored.raw) {
        Ok(read) => read,
        Err(error) => return Doing::Park(ParkedBecause::new(DeadLetterCode::Unreadable, error)),
    };
    // Some carry no state, such as news of a card's delivery.
    let Some(state) = read.state else {
        return Doing::Nothing;
    };
    let transition = Transition {
        token: read.token,
        state,
        created: read.created,
    };
    match (of_card, read.card, read.account) {
        (true, Some(card), _) => Doing::Card(card, transition),
        (false, _, Some(account)) => Doing::Account(account, transition),
        (true, None, _) => Doing::Park(ParkedBecause::new(
            DeadLetterCode::NotBookable,
            "applying the transition: it names no card",
        )),
        (false, _, None) => Doing::Park(ParkedBecause::new(
            DeadLetterCode::NotBookable,
            "applying the transition: it names no user or business",
        )),
    }
}

/// The malformed part of an envelope stays parked, however often it is replayed.
fn park_malformed(raw: &str) -> Doing {
    let read = Envelope::parse(raw.as_bytes());
    let error = match read.map(|envelope| envelope.malformed) {
        Ok(Some(malformed)) => malformed.error,
        Ok(None) => "reading the envelope: its malformed part is not stored".to_owned(),
        Err(error) => error.to_string(),
    };
    Doing::Park(ParkedBecause::new(DeadLetterCode::Unreadable, error))
}
