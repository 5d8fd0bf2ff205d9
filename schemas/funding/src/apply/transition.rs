//! State transitions of cards, users and businesses: collected from a unit's items, recorded together.

use super::effect::AppliedEffect;
use crate::dead_letter::ParkedBecause;
use crate::processor::Finding;
use crate::processor::TransitionMessage;
use crate::program_change::{account_event, card_event};
use holdfast_events::DeadLetterCode;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_ledger::transition::{Subject, Transition};
use holdfast_store::StoreError;
use holdfast_store::audit::AuditAction;
use holdfast_store::journal::Event;
use holdfast_store::unit::Unit;
use std::collections::BTreeSet;

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
    /// Returns the events of the cards and accounts; `opened` are those that the unit has opened.
    pub(super) async fn record(
        &self,
        unit: &mut Unit,
        opened: &BTreeSet<AccountToken>,
        now: Moment,
    ) -> Result<Vec<Event>, StoreError> {
        unit.record_card_transitions(&self.cards, now).await?;
        unit.record_account_transitions(&self.accounts, now).await?;
        let mut events = Vec::new();
        let cards: BTreeSet<&CardToken> = self.cards.iter().map(|(card, _)| card).collect();
        for card in cards {
            let card = unit.stored_card(card).await?;
            events.extend(card.and_then(|card| card_event(&card, now)));
        }
        let accounts = self.accounts.iter().map(|(account, _)| account);
        let accounts: BTreeSet<&AccountToken> = accounts.chain(opened).collect();
        for token in accounts {
            let action = match opened.contains(token) {
                true => AuditAction::Created,
                false => AuditAction::Changed,
            };
            // A transition may come before its account.
            let account = unit.stored_account(token).await?;
            events.extend(account.and_then(|account| account_event(&account, action, now)));
        }
        Ok(events)
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

/// What a change of a state does. Some carry no state, such as news of a card's delivery.
pub(super) fn read_transition(message: TransitionMessage) -> AppliedEffect {
    let (Some(subject), Some(state)) = (message.subject, message.state) else {
        return AppliedEffect::Nothing;
    };
    let transition = Transition {
        token: message.token,
        state,
        created: message.created,
    };
    let unnamed = |what: &str| {
        let error = format!("applying the transition: it names no {what}");
        AppliedEffect::Park(ParkedBecause::new(DeadLetterCode::NotBookable, error))
    };
    match subject {
        Subject::Card => message.card.map_or_else(
            || unnamed("card"),
            |card| AppliedEffect::Card(card, transition),
        ),
        Subject::Account => message.account.map_or_else(
            || unnamed("user or business"),
            |account| AppliedEffect::Account(account, transition),
        ),
    }
}
