//! Purchases by chance: what a cardholder and a merchant do, message by message, in true order.

mod clearings;
mod endings;
mod excluded;
mod flavours;
mod follow_ups;
mod plots;
mod repeated;
mod timing;

use crate::changes::changes;
use crate::program::{Account, Currency, Links, MCCS, Message, Program};
use crate::wording::{Meaning, wording};
pub(crate) use endings::endings;
pub(crate) use excluded::Excluded;
use holdfast_simulator::Random;
use plots::{PLOTS, Plot};
use repeated::repeat_last;

/// Of a thousand lifecycles so many are disputes.
pub(crate) const DISPUTES_IN_THOUSAND: u64 = 30;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// No deadline lies so near to the run that its own duration could matter.
const MARGIN: i64 = 2 * HOUR;

/// A program with so many lifecycles.
pub(crate) fn program(seed: u64, lifecycles: u32) -> Program {
    let mut random = Random::new(seed);
    let accounts = (0..random.between(1, 3))
        .map(|_| account(&mut random))
        .collect();
    let mut program = Program {
        seed,
        accounts,
        ..Program::default()
    };
    while purchases(&program) < lifecycles {
        let purchase = purchases(&program);
        let account = random.below(program.accounts.len() as u64) as usize;
        let currency = currency(&program.accounts[account], &mut random);
        let purchases = program.messages.iter().filter(|m| m.account == account);
        let purchases: Vec<u32> = purchases.map(|message| message.id).collect();
        let elsewhere = random.pick(&purchases).copied();
        let mut draft = Draft {
            elsewhere,
            card: random.below(3) as u32,
            next: program.messages.len() as u32,
            random: &mut random,
            purchase,
            account,
            currency,
            at: 0,
            messages: Vec::new(),
        };
        let plot = draft.plot();
        draft.add_follow_ups(plot);
        let messages = draft.aged();
        program.messages.extend(messages);
        if random.chance(0.06) {
            repeat_last(&mut program, &mut random);
        }
    }
    if random.chance(0.3) {
        program.changes = changes(program.accounts.len(), &mut random);
    }
    program.steps = crate::delivery::steps(&program, &mut random);
    program
}

fn purchases(program: &Program) -> u32 {
    let last = program.messages.last();
    last.map_or(0, |message| message.purchase + 1)
}

/// Mostly one that the account has.
fn currency(account: &Account, random: &mut Random) -> Currency {
    let own = random.pick(&account.money).map(|(currency, _)| *currency);
    let any = *random.pick(&Currency::ALL).unwrap();
    own.filter(|_| random.chance(0.97)).unwrap_or(any)
}

fn account(random: &mut Random) -> Account {
    let mut currencies = Currency::ALL.to_vec();
    while currencies.len() as u64 > random.between(1, 3) {
        currencies.remove(random.below(currencies.len() as u64) as usize);
    }
    // Enough for most of what follows, and sometimes not.
    let whole = |currency: Currency| 10_i64.pow(currency.exponent() as u32);
    if random.chance(0.05) {
        currencies.clear();
    }
    let money = |currency| (currency, whole(currency) * random.between(100, 3000) as i64);
    Account {
        money: currencies.into_iter().map(money).collect(),
        is_business: random.chance(0.25),
    }
}

/// One purchase while it is made up. Its clock begins at zero.
#[derive(Debug)]
struct Draft<'a> {
    random: &'a mut Random,
    purchase: u32,
    account: usize,
    currency: Currency,
    card: u32,
    /// A message of another purchase.
    elsewhere: Option<u32>,
    next: u32,
    at: i64,
    messages: Vec<Message>,
}

impl Draft<'_> {
    fn plot(&mut self) -> &'static Plot {
        let chance = self.random.below(1000);
        if (0..DISPUTES_IN_THOUSAND).contains(&chance) {
            return &plots::DISPUTE;
        }
        let all: u64 = PLOTS.iter().map(|plot| plot.weight).sum();
        let mut at = self.random.below(all);
        for plot in PLOTS {
            if at < plot.weight {
                return plot;
            }
            at -= plot.weight;
        }
        &PLOTS[0]
    }

    fn amount(&mut self) -> i64 {
        let cents = match self.random.below(10) {
            0 => self.random.between(1, 100),
            1 => self.random.between(20_000, 90_000),
            _ => self.random.between(100, 15_000),
        } as i64;
        match self.currency.exponent() {
            0 => (cents / 100).max(1),
            2 => cents,
            _ => cents * 10 + self.random.below(10) as i64,
        }
    }

    /// A part of an amount, at least one minor unit.
    fn part(&mut self, of: i64) -> i64 {
        self.random.between(1, of.max(1) as u64) as i64
    }

    /// Adds a message of this name, linked to those before it.
    fn add(&mut self, name: &str, amount: i64) -> &mut Message {
        let wording = wording(name).unwrap_or_else(|| panic!("no type is called {name}"));
        let links = match self.messages.is_empty() {
            true => Links {
                order: true,
                ..Links::default()
            },
            false => self.links(),
        };
        let message = Message {
            id: self.next,
            purchase: self.purchase,
            account: self.account,
            at: self.at,
            wording,
            amount,
            currency: self.currency,
            card: self.card,
            links,
            asked: None,
            whole: None,
            expires: None,
            release: None,
            mcc: MCCS[0],
            shop: None,
            part: None,
            is_last: false,
            is_fast: false,
            is_bare: false,
            is_timeless: false,
        };
        self.next += 1;
        self.messages.push(message);
        self.messages.last_mut().unwrap()
    }

    /// At least one of the three links, mostly all of them; the message followed may be any earlier one.
    fn links(&mut self) -> Links {
        let opener = &self.messages[0];
        let alone = is_alone(opener);
        let count = self.messages.len() as u64;
        let before = match self.random.chance(0.8) {
            true => count - 1,
            false => self.random.below(count),
        };
        // What no token leads to its purchase leads nowhere either.
        let is_unlinked = before > 0 && self.messages[before as usize].is_unlinked();
        let preceding = self.messages[if is_unlinked { 0 } else { before as usize }].id;
        let (first, is_bare) = (opener.id, opener.is_bare);
        let all = self.random.chance(0.6);
        let mut links = Links {
            original: (!is_bare && (all || self.random.chance(0.4))).then_some(first),
            preceding: (all || is_bare || self.random.chance(0.4)).then_some(preceding),
            series: self.random.chance(0.3).then_some(first),
            order: all || self.random.chance(0.4),
        };
        // Nothing else leads to a message that stands alone, or that came without an order.
        let needs_name = alone && Excluded::RefundKnownByItsOrder.is_left_out();
        if is_bare || (needs_name && links.original.is_none()) {
            links.preceding = Some(first);
        }
        if links.original.is_none() && links.preceding.is_none() && !links.order {
            links.preceding = Some(preceding);
        }
        links
    }
}

/// Offline refunds and force captures have a hold of their own.
fn is_alone(message: &Message) -> bool {
    let name = message.wording.name;
    message.wording.meaning == Meaning::ForceCapture || matches!(name, "refund" | "pindebit.refund")
}
