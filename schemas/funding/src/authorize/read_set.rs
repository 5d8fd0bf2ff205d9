//! What a batch reads under its locks.

use super::PreparedRequest;
use holdfast_ledger::control::ControlSet;
use holdfast_ledger::fact::Role;
use holdfast_ledger::token::AccountToken;
use holdfast_ledger::usage::Use;
use holdfast_store::unit::Wanted;

/// Accounts, earlier decisions and notifications, cards, and the keys that may lead to holds.
#[must_use]
pub fn read_set<'a>(requests: impl IntoIterator<Item = &'a PreparedRequest>) -> Wanted {
    let mut wanted = Wanted::default();
    for prepared in requests {
        let request = &prepared.request;
        wanted.accounts.insert(request.account.clone());
        wanted.tokens.insert(request.token.clone());
        wanted.cards.extend(request.card.clone());
        let role = request
            .message
            .as_ref()
            .map_or(Role::Alone, |message| message.role);
        let keys = request.links.registered_keys(role).into_iter();
        let keys = keys.chain(request.links.last_resort(role));
        wanted
            .keys
            .extend(keys.map(|key| (request.account.clone(), key)));
    }
    wanted
}

/// What the requests would use of velocity controls; nothing where there are none. The controls are the unit's
/// own: a control that decides and whose counter the unit did not fill would decline.
pub fn list_usages<'a>(
    controls: &ControlSet,
    requests: impl IntoIterator<Item = &'a PreparedRequest>,
) -> Vec<(&'a AccountToken, &'a Use)> {
    if !controls.has_velocity() {
        return Vec::new();
    }
    let usage =
        |prepared: &'a PreparedRequest| Some((&prepared.request.account, prepared.usage.as_ref()?));
    requests.into_iter().filter_map(usage).collect()
}
