//! Finding the purchase of a follow-up that no token leads to, by the network's chain (reference section 7.2).

use super::evidence::{Evidence, MissingEvidence, SoughtEvidence};
use holdfast_ledger::book::{Account, Route};
use holdfast_ledger::fact::Message;
use holdfast_ledger::hold::Hold;
use holdfast_ledger::time::Moment;

/// Holds are looked for so far back: as long as the longest authorization lasts.
pub(super) const HOLD_DAYS: u16 = 31;

/// Before a follow-up is booked that none of its tokens leads anywhere: looks for the purchase whose network
/// chain it is part of, among the account's recent ones.
pub(super) fn find_by_network_chain(
    evidence: &Evidence,
    account: &mut Account,
    message: &Message,
    now: Moment,
) -> Result<(), MissingEvidence> {
    let Some(key) = message.links.by_network(message.role) else {
        return Ok(());
    };
    if account.route(&message.links, message.role) != Route::New {
        return Ok(());
    }
    let since = now.minus_days(HOLD_DAYS);
    let recent = SoughtEvidence::RecentHolds(account.token.clone(), since);
    let recent = evidence.find_holds(recent)?;
    let found = recent.iter().find(|hold| is_of_chain(hold, message));
    if let Some(id) = found.map(|hold| hold.id.clone()) {
        keep_unknown(account, recent);
        account.keys.insert(key, id);
    }
    Ok(())
}

fn is_of_chain(hold: &Hold, message: &Message) -> bool {
    let facts = hold.facts.iter();
    let cards_and_merchants = facts.filter_map(|fact| fact.card_and_merchant.as_ref());
    let mut chains =
        cards_and_merchants.filter_map(|card_and_merchant| card_and_merchant.network.as_ref());
    chains.any(|chain| message.links.network.as_ref() == Some(chain))
}

/// What the unit already knows of a hold is newer than what was read.
pub(super) fn keep_unknown(account: &mut Account, holds: &[Hold]) {
    for hold in holds {
        let known = account.holds.entry(hold.id.clone());
        known.or_insert_with(|| hold.clone());
    }
}
