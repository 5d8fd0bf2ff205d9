//! Messages that name one account and follow another one's purchase.

use super::evidence::{Evidence, MissingEvidence};
use crate::dead_letter::ParkedBecause;
use holdfast_events::DeadLetterCode;
use holdfast_ledger::book::{Account, Route};
use holdfast_ledger::fact::{Message, Role};
use holdfast_store::notification::Owner;

const OTHER_ACCOUNT: &str =
    "routing the message: it names one account, and the purchase it follows is another account's";

/// A message whose JIT block names this account and whose keys lead to another one's hold belongs to
/// neither. Only a follow-up that no hold of this account knows of is looked up elsewhere.
pub(super) fn find_other_account(
    evidence: &Evidence,
    account: &Account,
    message: &Message,
    names_account: bool,
) -> Result<Option<ParkedBecause>, MissingEvidence> {
    let orphan = account.route(&message.links, message.role) == Route::New;
    if !names_account || !orphan || message.role != Role::FollowUp {
        return Ok(None);
    }
    let sought = message
        .links
        .lookup_keys(message.role)
        .into_iter()
        .map(Owner::Key)
        .collect::<Vec<_>>();
    let owners = evidence.find_owners(&sought)?;
    let other = sought
        .iter()
        .flat_map(|key| owners.all(key))
        .find(|owner| **owner != account.token);
    Ok(other.map(|_| ParkedBecause::new(DeadLetterCode::OtherAccount, OTHER_ACCOUNT)))
}
