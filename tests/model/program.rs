//! A program: accounts, the messages of their purchases as they truly happened, and the steps in which
//! we get to hear of them.

use crate::changes::Change;
use crate::wording::Wording;

/// A currency; amounts are in its minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Currency {
    Usd,
    Eur,
    Jpy,
    Kwd,
}

impl Currency {
    pub(crate) const ALL: [Self; 4] = [Self::Usd, Self::Eur, Self::Jpy, Self::Kwd];

    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Usd => "USD",
            Self::Eur => "EUR",
            Self::Jpy => "JPY",
            Self::Kwd => "KWD",
        }
    }

    pub(crate) fn exponent(self) -> usize {
        match self {
            Self::Usd | Self::Eur => 2,
            Self::Jpy => 0,
            Self::Kwd => 3,
        }
    }

    /// Minor units as people write them.
    pub(crate) fn text(self, minor: i64) -> String {
        let sign = if minor < 0 { "-" } else { "" };
        let (minor, exponent) = (minor.unsigned_abs(), self.exponent());
        let unit = 10_u64.pow(u32::try_from(exponent).unwrap());
        if exponent == 0 {
            return format!("{sign}{minor}");
        }
        format!("{sign}{}.{:0exponent$}", minor / unit, minor % unit)
    }
}

/// Who pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) is_business: bool,
    /// Its first balances. An account without a currency here is not registered.
    pub(crate) money: Vec<(Currency, i64)>,
}

/// One card message. Seconds are on the program's clock, which begins when it is run: all are negative.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Message {
    pub(crate) id: u32,
    pub(crate) purchase: u32,
    pub(crate) account: usize,
    pub(crate) at: i64,
    pub(crate) wording: &'static Wording,
    /// What this account funds; an advice's new total.
    pub(crate) amount: i64,
    pub(crate) currency: Currency,
    pub(crate) card: u32,
    pub(crate) mcc: &'static str,
    /// A shop that other purchases share, and no approval code; else a shop and a code of its own.
    pub(crate) shop: Option<u32>,
    pub(crate) links: Links,
    /// The request's amount, where Marqeta notified another one.
    pub(crate) asked: Option<i64>,
    /// The message's whole amount, where this account funds only a part.
    pub(crate) whole: Option<i64>,
    /// `authorization_expiration`.
    pub(crate) expires: Option<i64>,
    /// `amount_to_be_released`.
    pub(crate) release: Option<i64>,
    /// `multi_clearing_sequence_number` and `multi_clearing_sequence_count`.
    pub(crate) part: Option<(u16, u16)>,
    /// `is_final_clearing`.
    pub(crate) is_last: bool,
    /// `fast_funds_enabled`.
    pub(crate) is_fast: bool,
    /// Notified without a JIT block.
    pub(crate) is_bare: bool,
    /// Without a `created_time`.
    pub(crate) is_timeless: bool,
}

/// What ties a message to others, by their ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Links {
    /// `original_jit_funding_token`.
    pub(crate) original: Option<u32>,
    /// `preceding_related_transaction_token`.
    pub(crate) preceding: Option<u32>,
    /// `original_transaction_token`.
    pub(crate) series: Option<u32>,
    /// The purchase's `gpa_order.token`.
    pub(crate) order: bool,
}

impl Message {
    /// Does no token lead to its purchase: it names no message, or one that is never notified?
    pub(crate) fn is_unlinked(&self) -> bool {
        let Links {
            original,
            preceding,
            series,
            order,
        } = self.links;
        let mut named = [original, preceding, series].into_iter().flatten();
        !order && named.all(is_never_notified)
    }
}

/// Merchant categories; all but the first have a hold increase.
pub(crate) const MCCS: [&str; 4] = ["5411", "5812", "4121", "5993"];

/// No message has such a number: a link to it leads nowhere.
pub(crate) fn is_never_notified(id: u32) -> bool {
    id >= NEVER_NOTIFIED
}

/// The numbers from here on belong to no message.
pub(crate) const NEVER_NOTIFIED: u32 = 1_000_000;

/// One step of delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// JIT requests, all at once.
    Ask(Vec<u32>),
    /// One envelope.
    Notify(Vec<Notified>),
    /// One envelope of state changes.
    Change(Vec<u32>),
    /// Workers apply what was accepted so far, some of it later.
    Apply,
    /// Holds whose time has run out are closed.
    Expire,
}

/// One notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Notified {
    pub(crate) message: u32,
    pub(crate) ending: Ending,
}

/// What a notification says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ending {
    /// What we answered; where Marqeta has not asked, that all went well.
    Answered,
    /// Nothing, unless we declined: then that.
    Refusal,
    /// All went well, whatever we said.
    Done,
    /// The same in state COMPLETION.
    Final,
    /// The same in state CLEARED.
    Cleared,
    /// The same in state PENDING.
    Pending,
    Declined,
    Error,
    /// Declined because we were too slow.
    TimedOut,
    /// In an unknown state.
    Strange,
    /// Marqeta's own double of the message.
    Twin,
}

impl Ending {
    pub(crate) fn is_failed(self) -> bool {
        matches!(self, Self::Declined | Self::Error | Self::TimedOut)
    }

    pub(crate) fn is_good(self) -> bool {
        matches!(
            self,
            Self::Done | Self::Final | Self::Cleared | Self::Pending
        )
    }

    /// `state` of a notification that ends so.
    pub(crate) fn state(self, message: &Message) -> &'static str {
        match self {
            Self::Final => "COMPLETION",
            Self::Cleared => "CLEARED",
            Self::Pending => "PENDING",
            Self::Declined | Self::TimedOut => "DECLINED",
            Self::Error => "ERROR",
            Self::Strange => "UNDER_REVIEW",
            Self::Answered | Self::Refusal | Self::Done | Self::Twin => message.wording.success,
        }
    }
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Program {
    /// Chooses what is left open: the order in which records are applied.
    pub(crate) seed: u64,
    pub(crate) accounts: Vec<Account>,
    pub(crate) messages: Vec<Message>,
    pub(crate) changes: Vec<Change>,
    pub(crate) steps: Vec<Step>,
}

impl Program {
    /// The state change with this id.
    ///
    /// # Panics
    /// When there is none.
    pub(crate) fn change(&self, id: u32) -> &Change {
        let found = self.changes.iter().find(|change| change.id == id);
        found.unwrap_or_else(|| panic!("the table has no change {id}"))
    }

    /// The message with this id.
    ///
    /// # Panics
    /// When there is none: a table that names what it does not have.
    pub(crate) fn message(&self, id: u32) -> &Message {
        let found = self.messages.iter().find(|message| message.id == id);
        found.unwrap_or_else(|| panic!("the table has no message {id}"))
    }
}
