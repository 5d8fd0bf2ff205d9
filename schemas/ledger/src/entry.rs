//! Journal lines. Every event's lines sum to zero per currency and layer (promise 6).

use crate::fold::{Line, Standing};
use crate::money::{Currency, Overflow, Signed};
use serde::{Deserialize, Serialize};

/// The chart of accounts. The customer's side is the account of record; the others take the opposite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// What the program owes the customer.
    Customer,
    /// What is settled with the card network through Marqeta.
    NetworkSettlement,
    /// The program's own money.
    ProgramFunding,
    /// Money of open disputes.
    DisputeSuspense,
    /// What the program has written off.
    Losses,
}

/// Which kind of money a line moves. Outside only `settled` and `pending` are distinguished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// Final.
    Settled,
    /// Pending: held for purchases.
    Held,
    /// Pending: promised to the customer.
    PendingCredit,
}

impl Layer {
    /// `settled` or `pending`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::Held | Self::PendingCredit => "pending",
        }
    }
}

/// One line; positive is a credit of that side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Whose side.
    pub side: Side,
    /// Which kind of money.
    pub layer: Layer,
    /// In which currency.
    pub currency: Currency,
    /// How much, and which way.
    pub amount: Signed,
}

/// Two lines that move money between the customer and another side; none when nothing moves.
#[must_use]
pub fn entry_pair(
    other: Side,
    layer: Layer,
    currency: Currency,
    to_customer: Signed,
) -> Vec<Entry> {
    if to_customer.is_zero() {
        return Vec::new();
    }
    let line = |side, amount| Entry {
        side,
        layer,
        currency,
        amount,
    };
    vec![
        line(Side::Customer, to_customer),
        line(other, to_customer.opposite()),
    ]
}

/// The lines that bring the books from one standing of a hold to another.
///
/// # Errors
/// [`Overflow`].
pub fn entries_between(from: &Standing, to: &Standing) -> Result<Vec<Entry>, Overflow> {
    let mut entries = Vec::new();
    let currencies = from.lines.keys().chain(to.lines.keys());
    for currency in currencies
        .copied()
        .collect::<std::collections::BTreeSet<Currency>>()
    {
        let (old, new) = (from.line(currency), to.line(currency));
        let network = Side::NetworkSettlement;
        let held = old.held.credit().minus(new.held.credit())?;
        entries.extend(entry_pair(network, Layer::Held, currency, held));
        entries.extend(final_entries(currency, &old, &new)?);
        let pending = new
            .pending_credit
            .credit()
            .minus(old.pending_credit.credit())?;
        entries.extend(entry_pair(network, Layer::PendingCredit, currency, pending));
    }
    Ok(entries)
}

/// What moved finally: the customer's part, what is in suspense, what was lost; the network has the rest.
fn final_entries(currency: Currency, old: &Line, new: &Line) -> Result<Vec<Entry>, Overflow> {
    let customer = new.posted.minus(old.posted)?;
    let suspense = new.suspense.minus(old.suspense)?;
    let losses = old.lost.credit().minus(new.lost.credit())?;
    let network = customer.plus(suspense)?.plus(losses)?.opposite();
    let line = |(side, amount)| Entry {
        side,
        layer: Layer::Settled,
        currency,
        amount,
    };
    let lines = [
        (Side::Customer, customer),
        (Side::DisputeSuspense, suspense),
        (Side::Losses, losses),
        (Side::NetworkSettlement, network),
    ];
    Ok(lines
        .into_iter()
        .map(line)
        .filter(|entry| !entry.amount.is_zero())
        .collect())
}

/// The same lines with those of one side, layer and currency added up, and zeros left out.
///
/// # Errors
/// [`Overflow`].
pub fn sum_entries(entries: &[Entry]) -> Result<Vec<Entry>, Overflow> {
    let mut sums = std::collections::BTreeMap::new();
    for entry in entries {
        let sum = sums
            .entry((entry.currency, entry.layer, entry.side))
            .or_insert(Signed::ZERO);
        *sum = sum.plus(entry.amount)?;
    }
    let line = |((currency, layer, side), amount)| Entry {
        side,
        layer,
        currency,
        amount,
    };
    Ok(sums
        .into_iter()
        .map(line)
        .filter(|entry| !entry.amount.is_zero())
        .collect())
}
