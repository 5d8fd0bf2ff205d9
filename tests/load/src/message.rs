//! The messages that are sent, as Marqeta writes them: made by the simulator's own builders, then
//! turned into templates.

use crate::template::{Address, Purchase, Slot, Template};
use crate::tokens::{LENGTH, Series};
use anyhow::{Context, Result};
use holdfast_simulator::{
    AccountKind, MessageKind, MessageOutcome, Random, SimAccount, Trade, Transaction,
};
use rust_decimal::Decimal;
use std::net::SocketAddr;
use time::OffsetDateTime;

/// Both front' `user:password`.
pub(crate) const CREDENTIALS: &str = "load:load";
/// Tokens of a request; its clearing and its reversal have tokens of their own.
const REQUEST: [u8; 4] = *b"tjog";
const CLEARING: [u8; 4] = *b"ckog";
const REVERSAL: [u8; 4] = *b"rsog";

const ACCOUNT: &str = "load-7777777";
const DIGITS: &str = "7777777";

/// Makes templates of one front and one series of tokens.
#[derive(Debug, Clone)]
pub(crate) struct Messages {
    host: SocketAddr,
    series: Series,
}

impl Messages {
    /// Messages to this front.
    pub(crate) fn new(host: SocketAddr, series: Series) -> Self {
        Self { host, series }
    }

    /// Whose tokens they have.
    pub(crate) fn series(&self) -> Series {
        self.series
    }

    /// May 1.00 be spent?
    pub(crate) fn purchase(&self) -> Result<Template> {
        self.request(MessageKind::Authorization, Decimal::ONE)
    }

    /// May more be spent than anybody here has?
    pub(crate) fn dear(&self) -> Result<Template> {
        self.request(
            MessageKind::Authorization,
            Decimal::from(2_000_000_000_000_u64),
        )
    }

    /// Asked and taken in one message.
    pub(crate) fn pin_debit(&self) -> Result<Template> {
        self.request(MessageKind::PinDebit, Decimal::ONE)
    }

    /// May 1.00 more be spent on the purchase before?
    pub(crate) fn increment(&self) -> Result<Template> {
        let before = opening(MessageKind::Authorization, Decimal::ONE)?;
        let more = follow(&before, MessageKind::Increment);
        let mut places = places(&more, Some(&before), REQUEST);
        // The order is the group's.
        places.retain(|(text, _)| *text != more.links.order);
        places.push((before.links.order.clone(), Slot::Before(b'o')));
        Ok(self.jit(&more.request().to_string(), &places))
    }

    /// `{"transactions":[…]}` with so many approved purchases.
    pub(crate) fn confirmation(&self, items: usize) -> Result<Template> {
        let purchase = opening(MessageKind::Authorization, Decimal::ONE)?;
        let text = purchase.notification(&MessageOutcome::without_request(&purchase));
        Ok(self.fill_envelope(items, &text.to_string(), &places(&purchase, None, REQUEST)))
    }

    /// The same of their clearings.
    pub(crate) fn clearing(&self, items: usize) -> Result<Template> {
        self.follow_up(items, MessageKind::Clearing, CLEARING)
    }

    /// The same of their full reversals.
    pub(crate) fn reversal(&self, items: usize) -> Result<Template> {
        self.follow_up(items, MessageKind::Reversal, REVERSAL)
    }

    fn follow_up(&self, items: usize, kind: MessageKind, letters: [u8; 4]) -> Result<Template> {
        let purchase = opening(MessageKind::Authorization, Decimal::ONE)?;
        let next = follow(&purchase, kind);
        let mut all = places(&next, None, letters);
        // What it follows is the purchase of the same number.
        all.push((purchase.token.clone(), Slot::Own(b't')));
        all.push((purchase.jit_token.clone(), Slot::Own(b'j')));
        let text = next.notification(&MessageOutcome::without_request(&next));
        Ok(self.fill_envelope(items, &text.to_string(), &all))
    }

    fn request(&self, kind: MessageKind, amount: Decimal) -> Result<Template> {
        let message = opening(kind, amount)?;
        Ok(self.jit(
            &message.request().to_string(),
            &places(&message, None, REQUEST),
        ))
    }

    fn jit(&self, item: &str, places: &[(String, Slot)]) -> Template {
        let address = self.address("/jit");
        Template::new(&address, self.series, 1, item, places, ("", ""))
    }

    fn fill_envelope(&self, items: usize, item: &str, places: &[(String, Slot)]) -> Template {
        let around = ("{\"transactions\":[", "]}");
        let address = self.address("/webhooks");
        Template::new(&address, self.series, items, item, places, around)
    }

    fn address(&self, path: &'static str) -> Address {
        Address {
            host: self.host,
            path,
            credentials: CREDENTIALS,
        }
    }
}

fn opening(kind: MessageKind, amount: Decimal) -> Result<Transaction> {
    let account = SimAccount::new(ACCOUNT, AccountKind::User, "load-card-7777777", "USD")?;
    let merchant = Trade::Grocery.merchants().first().context("no merchant")?;
    let created = OffsetDateTime::now_utc().replace_nanosecond(0)?;
    let mut random = Random::new(1);
    Ok(Transaction::opening(
        kind,
        &account,
        merchant,
        amount,
        created,
        &mut random,
    ))
}

fn follow(before: &Transaction, kind: MessageKind) -> Transaction {
    before.followed_by(kind, Decimal::ONE, before.created, &mut Random::new(2))
}

/// Where the tokens of a message stand, and those of the message before it.
fn places(
    of: &Transaction,
    before: Option<&Transaction>,
    [token, jit, order, twin]: [u8; 4],
) -> Vec<(String, Slot)> {
    let mut places = vec![
        (of.token.clone(), Slot::Own(token)),
        (of.jit_token.clone(), Slot::Own(jit)),
        (of.links.order.clone(), Slot::Own(order)),
        (of.gpa_token.clone(), Slot::Own(twin)),
        (DIGITS.to_owned(), Slot::Account),
    ];
    if let Some(before) = before {
        places.push((before.token.clone(), Slot::Before(b't')));
        places.push((before.jit_token.clone(), Slot::Before(b'j')));
    }
    debug_assert!(
        places
            .iter()
            .all(|(text, _)| text.len() == LENGTH || text == DIGITS)
    );
    places
}

impl Purchase {
    /// The first message of a purchase.
    pub(crate) fn new(account: u32, number: u64) -> Self {
        Self {
            account,
            number,
            before: number,
        }
    }
}

#[cfg(test)]
mod tests;
