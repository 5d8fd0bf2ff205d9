//! The reference: what every account must have, computed the slow and obvious way. It knows which
//! messages belong to one purchase and in which order they truly happened, looks at what was answered
//! and told of each in the end, and walks them once. Written from the reference, not from the books.

use crate::course::Course;
use crate::limits;
use crate::program::{Currency, Message, Program};
use crate::wording::Meaning;
use holdfast_ledger::money::Signed;
use std::collections::{BTreeMap, BTreeSet};

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

/// What became of one message, all considered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    /// It counts.
    Counts(Counted),
    /// Marqeta says that it was declined or failed.
    Cancelled,
    /// It was not approved, or neither requested nor notified.
    Nothing,
}

/// A message that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Counted {
    amount: i64,
    /// The furthest state in which it was notified; `None` when our approval alone is known.
    state: Option<&'static str>,
    /// Did we approve it?
    is_ours: bool,
}

impl Counted {
    /// Is it in the state in which messages of its kind move final money?
    fn is_final(&self, meaning: Meaning) -> bool {
        match self.state {
            None | Some("COMPLETION") => true,
            Some("CLEARED") => matches!(meaning, Meaning::CreditClearing | Meaning::CreditReversal),
            _ => false,
        }
    }

    /// Does it hold money: an approval, or a debit that is approved by Marqeta alone and not final yet?
    fn holds(&self, meaning: Meaning) -> bool {
        let is_early = meaning == Meaning::Debit && !self.is_ours && !self.is_final(meaning);
        meaning.is_approval() || is_early
    }
}

/// A hold lapses so many days after its purchase unless Marqeta names a time.
const HOLD_DAYS: i64 = 7;
const DAY: i64 = 86_400;

/// What the account with this number has in the end. `now` is a second on the program's clock.
pub(crate) fn balances(program: &Program, course: &Course, account: usize, now: i64) -> Sums {
    let mut sums = Sums::new();
    for (currency, amount) in &program.accounts[account].money {
        sums.entry(*currency).or_default().posted += amount;
    }
    for purchase in purchases(program, course, account, now) {
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
pub(crate) fn uses(program: &Program, course: &Course, account: usize, now: i64) -> Vec<Use> {
    let purchases = purchases(program, course, account, now);
    let uses = purchases.into_iter().flat_map(|purchase| purchase.uses);
    uses.filter(|made| made.amount != 0).collect()
}

/// Is it certain in which windows the account's purchases count?
pub(crate) fn has_certain_uses(program: &Program, course: &Course, account: usize) -> bool {
    let purchases = purchases(program, course, account, 0);
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
        let begins = matches!(m.wording.meaning, Meaning::Opener | Meaning::Increment);
        begins || is_unlinked(m)
    };
    let mut all = messages.iter().map(|(message, _)| *message);
    let is_matched = all.clone().any(is_unlinked) && !all.clone().all(is_plain);
    is_matched || all.any(is_late)
}

/// The account's purchases after all of their messages.
fn purchases(program: &Program, course: &Course, account: usize, now: i64) -> Vec<Purchase> {
    let mut purchases: BTreeMap<u32, Vec<(&Message, View)>> = BTreeMap::new();
    for message in program.messages.iter().filter(|m| m.account == account) {
        let seen = (message, view(message, course));
        purchases.entry(message.purchase).or_default().push(seen);
    }
    let messages = purchases.values();
    messages.map(|messages| walked(messages, now)).collect()
}

/// Declined or failed beats every other notification, and a notification beats our answer.
fn view(message: &Message, course: &Course) -> View {
    const STATES: [&str; 3] = ["PENDING", "CLEARED", "COMPLETION"];
    let told = course.told(message.id);
    if told.iter().any(|ending| ending.is_failed()) {
        return View::Cancelled;
    }
    let is_ours = course.approved(message.id);
    let good = told.iter().filter(|ending| ending.is_good());
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

/// What one message uses of spending limits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Use {
    pub(crate) currency: Currency,
    pub(crate) at: i64,
    pub(crate) amount: i64,
}

/// One purchase on its way through its messages.
#[derive(Debug, Default)]
struct Purchase {
    sums: Sums,
    /// The currency of its approvals.
    currency: Option<Currency>,
    open: i64,
    /// Openers and increments.
    authorized: i64,
    /// Held beyond the amounts while something is open.
    increase: i64,
    cleared: BTreeMap<Currency, i64>,
    uses: Vec<Use>,
    /// Is there more than one window in which they may count?
    is_uncertain: bool,
    /// Numbers of clearings that say how many there are, by how many.
    parts: BTreeSet<(u16, u16)>,
    /// Taken at once, or given, and not undone so far.
    taken: i64,
    given: i64,
    /// Of what was given: at authorization, so that the clearing gives the difference.
    ahead: i64,
    pending: i64,
    /// What of a dispute the customer has.
    disputed: i64,
    is_cancelled: bool,
    expired: bool,
}

impl Purchase {
    fn walk(&mut self, message: &Message, view: View) {
        let meaning = message.wording.meaning;
        if meaning.is_approval() || self.currency.is_none() {
            self.currency = Some(message.currency);
        }
        if meaning == Meaning::Opener && view == View::Cancelled {
            self.is_cancelled = true;
        }
        let View::Counts(counted) = view else { return };
        match meaning {
            _ if counted.holds(meaning) => self.approve(message, counted.amount),
            // Marqeta keeps a credit that is not funded by JIT.
            Meaning::Credit if message.is_bare => {}
            Meaning::Reversal => self.release(counted.amount),
            Meaning::ReleaseAll => self.release_all(),
            Meaning::CreditReversal => self.undo_credit(message.currency, counted),
            // Whatever else moves money does so in the final state.
            Meaning::Debit => self.complete(message, counted.amount),
            _ if counted.is_final(meaning) => self.complete(message, counted.amount),
            _ => {}
        }
    }

    fn approve(&mut self, message: &Message, amount: i64) {
        match message.wording.meaning {
            Meaning::Advice if self.is_cancelled => {}
            Meaning::Advice => {
                self.open = (amount - self.cleared_in(message.currency)).max(0);
                self.increase = 0;
            }
            Meaning::CreditAuthorization if message.is_fast => {
                self.ahead += amount;
                self.give(message.currency, amount);
            }
            Meaning::CreditAuthorization => self.pending += amount,
            meaning => {
                if meaning == Meaning::Opener {
                    self.increase += limits::increase(message.mcc, message.currency, amount);
                }
                self.authorized += amount;
                self.open += amount;
            }
        }
    }

    /// A message in its final state.
    fn complete(&mut self, message: &Message, amount: i64) {
        let currency = message.currency;
        match message.wording.meaning {
            Meaning::Clearing => self.clear(message, amount),
            Meaning::ForceCapture => self.force(message, amount),
            Meaning::Debit => {
                self.taken += amount;
                self.add_cleared(currency, amount);
                self.post(currency, -amount);
            }
            Meaning::DebitReversal => {
                let undone = amount.min(self.taken);
                self.taken -= undone;
                self.add_cleared(currency, -undone);
                self.post(currency, undone);
            }
            Meaning::Credit => self.give(currency, amount),
            Meaning::CreditClearing => {
                let ahead = std::mem::take(&mut self.ahead);
                self.pending = 0;
                self.give(currency, amount - ahead);
            }
            Meaning::ProvisionalCredit => self.dispute(currency, self.disputed + amount),
            Meaning::ProvisionalDebit => self.dispute(currency, (self.disputed - amount).max(0)),
            // A provisional credit that stands becomes final as it is.
            Meaning::DisputeWon if self.disputed == 0 => self.dispute(currency, amount),
            Meaning::DisputeLost => self.dispute(currency, 0),
            _ => {}
        }
    }

    fn clear(&mut self, message: &Message, amount: i64) {
        self.post(message.currency, -amount);
        self.add_cleared(message.currency, amount);
        if self.currency == Some(message.currency) {
            self.release(amount + message.release.unwrap_or(0));
            if self.cleared_in(message.currency) >= self.authorized {
                self.increase = 0;
            }
        }
        if message.is_last || self.is_complete(message.part) {
            self.release_all();
        }
    }

    /// Are all parts of as many present, this one included?
    fn is_complete(&mut self, part: Option<(u16, u16)>) -> bool {
        let Some((number, count)) = part else {
            return false;
        };
        self.parts.insert((count, number));
        (1..=count).all(|number| self.parts.contains(&(count, number)))
    }

    /// A force capture is all that its purchase will clear, where there is one.
    fn force(&mut self, message: &Message, amount: i64) {
        self.post(message.currency, -amount);
        self.add_cleared(message.currency, amount);
        if self.currency == Some(message.currency) {
            self.release_all();
        }
    }

    /// A promise goes in any state, what was given only in a final one.
    fn undo_credit(&mut self, currency: Currency, counted: Counted) {
        let dropped = counted.amount.min(self.pending);
        self.pending -= dropped;
        if counted.is_final(Meaning::CreditReversal) {
            let undone = self.given.min(counted.amount - dropped);
            self.ahead = (self.ahead - undone).max(0);
            self.give(currency, -undone);
        }
    }

    fn dispute(&mut self, currency: Currency, credit: i64) {
        self.post(currency, credit - self.disputed);
        self.disputed = credit;
    }

    fn post(&mut self, currency: Currency, amount: i64) {
        self.sums.entry(currency).or_default().posted += amount;
    }

    fn give(&mut self, currency: Currency, amount: i64) {
        self.given += amount;
        self.post(currency, amount);
    }

    fn release(&mut self, amount: i64) {
        self.open = (self.open - amount).max(0);
    }

    fn release_all(&mut self) {
        (self.open, self.increase) = (0, 0);
    }

    fn expire(&mut self) {
        self.release_all();
        (self.pending, self.expired) = (0, true);
        for currency in Currency::ALL {
            self.give_back(currency);
        }
    }

    fn cleared_in(&self, currency: Currency) -> i64 {
        self.cleared.get(&currency).copied().unwrap_or_default()
    }

    fn add_cleared(&mut self, currency: Currency, amount: i64) {
        *self.cleared.entry(currency).or_default() += amount;
    }

    /// Used is what is held and what was cleared: more of it in the time of the message that begins something, else
    /// in the purchase's; less of it is given back by the latest first.
    fn count(&mut self, message: &Message) {
        for currency in Currency::ALL {
            let more = self.spent(currency) - self.used(currency);
            if more > 0 {
                self.begin_use(message, currency, more);
            }
            self.give_back(currency);
        }
    }

    fn begin_use(&mut self, message: &Message, currency: Currency, amount: i64) {
        let begins = match message.wording.meaning {
            Meaning::Opener | Meaning::Increment | Meaning::Debit => true,
            Meaning::ForceCapture => self.uses.is_empty(),
            _ => false,
        };
        let mut uses = self.uses.iter_mut();
        match uses.find(|made| made.currency == currency) {
            Some(first) if !begins => first.amount += amount,
            _ => {
                let own = if message.is_timeless { 0 } else { message.at };
                let first = self.uses.first().filter(|_| !begins);
                let at = first.map_or(own, |first| first.at);
                self.uses.push(Use {
                    currency,
                    at,
                    amount,
                });
            }
        }
    }

    fn give_back(&mut self, currency: Currency) {
        let mut less = self.used(currency) - self.spent(currency);
        let uses = self.uses.iter_mut().rev();
        for made in uses.filter(|made| made.currency == currency) {
            let back = made.amount.min(less.max(0));
            made.amount -= back;
            less -= back;
        }
    }

    fn spent(&self, currency: Currency) -> i64 {
        let is_own = self.currency == Some(currency);
        self.cleared_in(currency) + if is_own { self.open } else { 0 }
    }

    fn used(&self, currency: Currency) -> i64 {
        let uses = self.uses.iter().filter(|made| made.currency == currency);
        uses.map(|made| made.amount).sum()
    }

    fn close(mut self) -> Sums {
        if let Some(currency) = self.currency {
            let sum = self.sums.entry(currency).or_default();
            let increase = if self.open > 0 { self.increase } else { 0 };
            (sum.held, sum.pending) = (self.open + increase, self.pending);
        }
        self.sums
    }
}
