//! The reference: what every account must have, computed the slow and obvious way. It knows which
//! messages belong to one purchase and in which order they truly happened, looks at what was answered
//! and told of each in the end, and walks them once. Written from the reference, not from the books.

use crate::course::Course;
use crate::program::{Currency, Message, Program};
use crate::wording::Meaning;
use std::collections::BTreeMap;

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
    /// It counts with this amount.
    Counts(i64),
    /// Marqeta says that nothing came of it.
    Cancelled,
    /// Nobody approved it, or nobody has heard of it.
    Nothing,
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
    let told = course.told(message.id);
    if told.iter().any(|state| state.is_failed()) {
        View::Cancelled
    } else if told.iter().any(|state| state.is_good()) {
        View::Counts(message.amount)
    } else if course.approved(message.id) {
        View::Counts(message.asked.unwrap_or(message.amount))
    } else {
        View::Nothing
    }
}

/// When our own expiry closes the purchase: the latest time that any of its approvals names.
pub(crate) fn deadline<'a>(approvals: impl Iterator<Item = &'a Message>) -> Option<i64> {
    let time = |message: &Message| message.expires.unwrap_or(message.at + HOLD_DAYS * DAY);
    let lasting = approvals.filter(|message| message.wording.meaning.is_approval());
    lasting.map(time).max()
}

fn standing(messages: &[(&Message, View)], now: i64) -> Sums {
    let counts = |seen: &&(&Message, View)| matches!(seen.1, View::Counts(_));
    let counted = messages.iter().filter(counts);
    let expiry = deadline(counted.map(|(message, _)| *message)).filter(|expiry| *expiry <= now);
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
    /// Taken at once, or given, and not undone so far.
    taken: i64,
    given: i64,
    pending: i64,
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
        let View::Counts(amount) = view else { return };
        let here = self.currency == Some(message.currency);
        match meaning {
            Meaning::Opener | Meaning::Increment => self.open += amount,
            Meaning::Advice if self.is_cancelled => {}
            Meaning::Advice => self.open = (amount - self.cleared).max(0),
            Meaning::PartialReversal => self.release(amount),
            Meaning::FullReversal => self.open = 0,
            Meaning::Clearing => {
                self.post(message.currency, -amount);
                if here {
                    self.cleared += amount;
                    self.release(amount + message.release.unwrap_or(0));
                }
                if message.is_last {
                    self.open = 0;
                }
            }
            Meaning::ForceCapture => self.post(message.currency, -amount),
            Meaning::Debit => {
                self.taken += amount;
                self.post(message.currency, -amount);
            }
            Meaning::DebitReversal => {
                let undone = amount.min(self.taken);
                self.taken -= undone;
                self.post(message.currency, undone);
            }
            // Marqeta keeps a credit that nobody funds by JIT.
            Meaning::Credit if message.is_bare => {}
            Meaning::Credit => self.give(message.currency, amount),
            Meaning::CreditAuthorization if message.is_fast => self.give(message.currency, amount),
            Meaning::CreditAuthorization => self.pending += amount,
            Meaning::CreditClearing => {
                self.pending = 0;
                self.give(message.currency, amount - self.given);
            }
            Meaning::CreditReversal => {
                let undone = amount.min(self.given);
                self.pending = (self.pending - amount).max(0);
                self.give(message.currency, -undone);
            }
            // A dispute's credit is a target, whatever was booked before.
            Meaning::DisputeCredit => self.give(message.currency, amount - self.given),
            Meaning::DisputeUndone => self.give(message.currency, -self.given),
            Meaning::Nothing => {}
        }
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
