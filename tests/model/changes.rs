//! State changes of cards and accounts: made up by chance, written as Marqeta does, and the state in force by the
//! obvious rule.

use crate::letter::Letters;
use crate::program::Program;
use holdfast_simulator::Random;

/// One reported change of a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) id: u32,
    pub(crate) account: usize,
    /// A card of the account; `None`: the account itself.
    pub(crate) card: Option<u32>,
    pub(crate) state: &'static str,
    /// A second on the program's clock; some changes have no time.
    pub(crate) at: Option<i64>,
    /// A card's change names the account as well.
    pub(crate) names_account: bool,
}

/// What a state permits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Permits {
    Spending,
    Nothing,
    NothingAnyMore,
}

use Permits::{Nothing, NothingAnyMore, Spending};

/// The states of a card in the order of its life cycle.
const CARD: [(&str, Permits); 5] = [
    ("UNACTIVATED", Nothing),
    ("ACTIVE", Spending),
    ("LIMITED", Nothing),
    ("SUSPENDED", Nothing),
    (TERMINATED, NothingAnyMore),
];

/// The states of a user or business in the order of its life cycle.
const ACCOUNT: [(&str, Permits); 6] = [
    ("UNVERIFIED", Spending),
    ("LIMITED", Spending),
    ("ACTIVE", Spending),
    ("SUSPENDED", Nothing),
    ("CLOSED", NothingAnyMore),
    (TERMINATED, NothingAnyMore),
];

/// Final.
const TERMINATED: &str = "TERMINATED";
/// In no life cycle.
const UNKNOWN: &str = "RESTING";
const DAY: i64 = 86_400;

fn states(is_card: bool) -> &'static [(&'static str, Permits)] {
    if is_card { &CARD } else { &ACCOUNT }
}

/// All states that are known, of cards and of accounts.
pub(crate) fn all_states() -> impl Iterator<Item = (bool, &'static str)> {
    let named = |is_card| {
        states(is_card)
            .iter()
            .map(move |(state, _)| (is_card, *state))
    };
    named(true).chain(named(false))
}

/// The state of this name.
pub(crate) fn state(name: &str) -> Option<&'static str> {
    let known = CARD.iter().chain(&ACCOUNT).map(|(state, _)| *state);
    known.chain([UNKNOWN]).find(|state| *state == name)
}

/// Changes of one or two subjects, some at the same time, some without a time.
pub(crate) fn changes(accounts: usize, random: &mut Random) -> Vec<Change> {
    let mut changes = Vec::new();
    for _ in 0..random.between(1, 2) {
        let account = random.below(accounts as u64) as usize;
        let card = random.chance(0.6).then(|| random.below(3) as u32);
        for _ in 0..random.between(1, 5) {
            let known = random.pick(states(card.is_some())).unwrap().0;
            let is_final = known == TERMINATED && random.chance(0.5);
            let days = random.between(1, 3) as i64;
            changes.push(Change {
                id: changes.len() as u32,
                account,
                card,
                state: match random.below(20) {
                    0 => UNKNOWN,
                    _ if is_final => "ACTIVE",
                    _ => known,
                },
                at: (!random.chance(0.15)).then_some(-days * DAY),
                names_account: card.is_none() || random.chance(0.5),
            });
        }
    }
    changes
}

/// The state in force: final is final; else the latest one, and of the latest the one furthest in the life cycle. A
/// change without a time counts only where none has a time.
pub(crate) fn state_in_force<'a>(changes: &[&'a Change]) -> Option<&'a str> {
    let is_final = |change: &&&Change| change.state == TERMINATED;
    if let Some(change) = changes.iter().find(is_final) {
        return Some(change.state);
    }
    let latest = changes.iter().filter_map(|change| change.at).max();
    let last = changes.iter().filter(|change| change.at == latest);
    let stage = |change: &&&Change| {
        let mut stages = states(change.card.is_some()).iter();
        stages.position(|(state, _)| *state == change.state)
    };
    last.max_by_key(stage).map(|change| change.state)
}

/// Why a purchase is declined in these states of its account and its card, if it is.
pub(crate) fn decline_reason(account: Option<&str>, card: Option<&str>) -> Option<&'static str> {
    let permits = |is_card: bool, state: Option<&str>| {
        let mut stages = states(is_card).iter();
        let stage = stages.find(|(name, _)| Some(*name) == state);
        stage.map_or(Spending, |(_, permits)| *permits)
    };
    match (permits(false, account), permits(true, card)) {
        (Nothing, _) => Some("CARDHOLDER_NOT_ACTIVE"),
        (NothingAnyMore, _) => Some("CLOSED_ACCOUNT"),
        (Spending, Spending) => None,
        (Spending, _) => Some("CARD_NOT_ACTIVE"),
    }
}

/// The family and the item of an envelope.
pub(crate) fn write(letters: &Letters, program: &Program, id: u32) -> (&'static str, String) {
    let change = program.change(id);
    let is_business = program.accounts[change.account].is_business;
    let (account, token) = (letters.account(change.account), token(letters, id));
    let (family, owner) = match is_business {
        true => ("businesstransitions", "business_token"),
        false => ("usertransitions", "user_token"),
    };
    let (family, name) = match change.card {
        Some(_) => ("cardtransitions", "state"),
        None => (family, "status"),
    };
    let mut text = format!(r#"{{"token":"{token}","{name}":"{}""#, change.state);
    if change.names_account {
        text += &format!(r#","{owner}":"{account}""#);
    }
    if let Some(card) = change.card {
        let card = letters.card(change.account, card);
        text += &format!(r#","card_token":"{card}","type":"state.changed""#);
    }
    if let Some(at) = change.at {
        text += &format!(r#","created_time":"{}""#, letters.time(at));
    }
    (family, text + "}")
}

/// The change's own token: a card's change that names no account may be stored under it.
pub(crate) fn token(letters: &Letters, id: u32) -> String {
    format!("{}-x{id}", letters.prefix)
}

/// The envelope of some changes, family by family.
pub(crate) fn envelope(letters: &Letters, program: &Program, ids: &[u32]) -> String {
    let items: Vec<(&str, String)> = ids.iter().map(|id| write(letters, program, *id)).collect();
    let families = ["cardtransitions", "usertransitions", "businesstransitions"];
    let written = families.map(|family| {
        let own = items.iter().filter(|(of, _)| *of == family);
        let own: Vec<&str> = own.map(|(_, item)| item.as_str()).collect();
        (!own.is_empty()).then(|| format!(r#""{family}":[{}]"#, own.join(",")))
    });
    let written: Vec<String> = written.into_iter().flatten().collect();
    format!("{{{}}}", written.join(","))
}

/// Those that were delivered, of one card or of the account.
pub(crate) fn delivered(
    program: &Program,
    ids: impl Iterator<Item = u32>,
    account: usize,
    card: Option<u32>,
) -> Vec<&Change> {
    let all = ids.map(|id| program.change(id));
    all.filter(|change| (change.account, change.card) == (account, card))
        .collect()
}
