//! The reference: what every account must have, computed the slow and obvious way. It knows which
//! messages belong to one purchase and in which order they truly happened, looks at what was answered
//! and told of each in the end, and walks them once. Written from the reference, not from the books.

use crate::course::Course;
use crate::program::{Currency, Message, Program};
use crate::wording::Meaning;
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
    let mut purchases: BTreeMap<u32, Vec<(&Message, View)>> = BTreeMap::new();
    for message in program.messages.iter().filter(|m| m.account == account) {
        let seen = (message, view(message, course));
        purchases.entry(message.purchase).or_default().push(seen);
    }
    for messages in purchases.values() {
        for (currency, sum) in standing(messages, now) {
            let all = sums.entry(currency).or_default();
            all.posted += sum.posted;
            all.held += sum.held;
            all.pending += sum.pending;
        }
    }
    sums.retain(|_, sum| *sum != Sum::default());
    sums
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

fn standing(messages: &[(&Message, View)], now: i64) -> Sums {
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
    }
    if expiry.is_some() && !purchase.expired {
        purchase.expire();
    }
    purchase.close()
}

/// One purchase on its way through its messages.
#[derive(Debug, Default)]
struct Purchase {
    sums: Sums,
    /// The currency of its approvals.
    currency: Option<Currency>,
    open: i64,
    cleared: i64,
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
            Meaning::ReleaseAll => self.open = 0,
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
            Meaning::Advice => self.open = (amount - self.cleared).max(0),
            Meaning::CreditAuthorization if message.is_fast => {
                self.ahead += amount;
                self.give(message.currency, amount);
            }
            Meaning::CreditAuthorization => self.pending += amount,
            _ => self.open += amount,
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
                self.post(currency, -amount);
            }
            Meaning::DebitReversal => {
                let undone = amount.min(self.taken);
                self.taken -= undone;
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
        if self.currency == Some(message.currency) {
            self.cleared += amount;
            self.release(amount + message.release.unwrap_or(0));
        }
        if message.is_last || self.is_complete(message.part) {
            self.open = 0;
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
        if self.currency == Some(message.currency) {
            (self.cleared, self.open) = (self.cleared + amount, 0);
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

    fn expire(&mut self) {
        (self.open, self.pending, self.expired) = (0, 0, true);
    }

    fn close(mut self) -> Sums {
        if let Some(currency) = self.currency {
            let sum = self.sums.entry(currency).or_default();
            (sum.held, sum.pending) = (self.open, self.pending);
        }
        self.sums
    }
}
