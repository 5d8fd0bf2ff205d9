//! The reference: what every account must have, computed the slow and obvious way. It knows which
//! messages belong to one purchase and in which order they truly happened, looks at the
//! response to each and at its notifications in the end, and walks them once. Written from the reference, not from the books.

mod purchase;
mod spending;
mod view;

use crate::history::History;
use crate::program::{Currency, Message, Program};
use crate::wording::Meaning;
use holdfast_ledger::money::Signed;
use purchase::Purchase;
pub(crate) use spending::Use;
use std::collections::BTreeMap;
use view::{View, view};

/// Minor units of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sum {
    pub(crate) posted: i64,
    pub(crate) held: i64,
    pub(crate) pending: i64,
}

/// What an account has; currencies with nothing in them are left out.
pub(crate) type Sums = BTreeMap<Currency, Sum>;

/// An amount of the books in minor units.
pub(crate) fn minor(amount: Signed, currency: Currency) -> i64 {
    let mut value = amount.value();
    value.rescale(u32::try_from(currency.exponent()).unwrap());
    i64::try_from(value.mantissa()).unwrap()
}

/// A hold lapses so many days after its purchase unless Marqeta names a time.
const HOLD_DAYS: i64 = 7;
const DAY: i64 = 86_400;

/// What the account with this number has in the end. `now` is a second on the program's clock.
pub(crate) fn balances(program: &Program, history: &History, account: usize, now: i64) -> Sums {
    let mut sums = Sums::new();
    for (currency, amount) in &program.accounts[account].money {
        sums.entry(*currency).or_default().posted += amount;
    }
    for purchase in purchases(program, history, account, now) {
        for (currency, sum) in purchase.close() {
            let all = sums.entry(currency).or_default();
            all.posted += sum.posted;
            all.held += sum.held;
            all.pending += sum.pending;
        }
    }
    sums.retain(|_, sum| *sum != Sum::default());
    sums
}

/// What the account's purchases use of spending limits in the end.
pub(crate) fn uses(program: &Program, history: &History, account: usize, now: i64) -> Vec<Use> {
    let purchases = purchases(program, history, account, now);
    let uses = purchases.into_iter().flat_map(|purchase| purchase.uses);
    uses.filter(|made| made.amount != 0).collect()
}

/// Is it certain in which windows the account's purchases count?
pub(crate) fn has_certain_uses(program: &Program, history: &History, account: usize) -> bool {
    let purchases = purchases(program, history, account, 0);
    purchases.iter().all(|purchase| !purchase.is_uncertain)
}

/// Messages after the expiry count in the time of an increment where our expiry came too late for them, else in the
/// original's. And a hold that other messages have used up or released is no match for a clearing by evidence, which
/// counts in its own time then.
fn is_uncertain(messages: &[(&Message, View)], expiry: Option<i64>, uses: usize) -> bool {
    let is_unlinked = |m: &Message| m.wording.meaning.is_clearing() && m.is_unlinked();
    let is_after = |m: &Message, expiry| m.is_timeless || expiry < m.at;
    let is_late = |m: &Message| uses > 1 && expiry.is_some_and(|expiry| is_after(m, expiry));
    let is_plain = |m: &Message| {
        let begins = matches!(m.wording.meaning, Meaning::Original | Meaning::Increment);
        begins || is_unlinked(m)
    };
    let mut all = messages.iter().map(|(message, _)| *message);
    let is_matched = all.clone().any(is_unlinked) && !all.clone().all(is_plain);
    // Without an original each clearing counts by itself; an expired one is matched once.
    let stands = |(message, view): &(&Message, View)| {
        message.wording.meaning == Meaning::Original && matches!(view, View::Counts(_))
    };
    let unlinked = all.clone().filter(|message| is_unlinked(message)).count();
    let is_alone = unlinked > 1 && (expiry.is_some() || !messages.iter().any(stands));
    is_matched || is_alone || all.any(is_late)
}

/// The account's purchases after all of their messages.
fn purchases(program: &Program, history: &History, account: usize, now: i64) -> Vec<Purchase> {
    let mut purchases: BTreeMap<u32, Vec<(&Message, View)>> = BTreeMap::new();
    for message in program.messages.iter().filter(|m| m.account == account) {
        let seen = (message, view(message, history));
        purchases.entry(message.purchase).or_default().push(seen);
    }
    let messages = purchases.values();
    messages.map(|messages| walked(messages, now)).collect()
}

/// When our own expiry closes the purchase: the latest time that any message says that holds money.
pub(crate) fn deadline<'a>(holding: impl Iterator<Item = &'a Message>) -> Option<i64> {
    let time = |message: &Message| message.expires.unwrap_or(message.at + HOLD_DAYS * DAY);
    holding.map(time).max()
}

fn walked(messages: &[(&Message, View)], now: i64) -> Purchase {
    let holding = messages.iter().filter(|(message, view)| match view {
        View::Counts(counted) => counted.holds(message.wording.meaning),
        View::Cancelled | View::Nothing => false,
    });
    let expiry = deadline(holding.map(|(message, _)| *message)).filter(|expiry| *expiry <= now);
    let mut purchase = Purchase::default();
    for (message, view) in messages {
        if expiry.is_some_and(|expiry| expiry < message.at) && !purchase.expired {
            purchase.expire();
        }
        purchase.walk(message, *view);
        purchase.count(message);
    }
    if expiry.is_some() && !purchase.expired {
        purchase.expire();
    }
    purchase.is_uncertain = is_uncertain(messages, expiry, purchase.uses.len());
    purchase
}
