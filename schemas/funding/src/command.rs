//! What changes the books by hand: transfers, adjustments, write-offs, releases, matches, replays. Each is one unit
//! of work with one event that names the actor; API and command line do them through here. Controls and rules,
//! which change what may be spent and no books, are changed through here too.

mod account;
mod actor;
mod adjustment_event;
mod alert;
pub(crate) mod audited;
mod card;
mod control;
mod matching;
mod release;
mod replay;
mod transfer;

pub use account::put_account;
pub use actor::Actor;
pub use alert::{AcknowledgeError, acknowledge_alert};
pub use card::put_card;
pub use control::{
    Asked, ControlError, Putting, Usage, UsageError, control, controls, delete_control,
    delete_rules, put_control, put_rules, rules, usage,
};
pub use matching::{MatchCommand, Rematched, match_by_hand, match_once, unmatch, unmatch_once};
pub use release::{Released, release};
pub use replay::replay;
pub use transfer::{Transferred, order, transfer};

use crate::retry::Conflict;
use holdfast_ledger::book::Account;
use holdfast_ledger::money::Overflow;
use holdfast_ledger::token::AccountToken;
use holdfast_store::StoreError;
use holdfast_store::unit::{Locked, Unit, Wanted};
use std::collections::BTreeSet;

/// How often an act is tried when the database asks to try again, or did not say whether it committed.
const ATTEMPTS: usize = 5;

/// Why an act is refused; nothing is changed then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// The account does not exist.
    #[error("there is no such account")]
    UnknownAccount,
    /// A debit beyond what is available.
    #[error("the account has not so much available")]
    InsufficientFunds,
    /// A write-off of more than is owed.
    #[error("the account does not owe so much")]
    NothingOwed,
    /// The reference stands for something else.
    #[error("the reference was used with another content")]
    OtherContent,
    /// No hold has this name.
    #[error("there is no such hold")]
    UnknownHold,
    /// Nothing is held any more.
    #[error("the hold holds nothing")]
    HoldClosed,
    /// No hold has the name that was given for the capture.
    #[error("there is no hold of the capture's name")]
    UnknownCapture,
    /// The purchase and the capture belong to two accounts.
    #[error("the two holds are not on the same account")]
    OtherAccount,
    /// Nothing was force-captured under this name.
    #[error("the capture's name is not that of a force capture that stands")]
    NotACapture,
    /// Nothing was authorized under this name.
    #[error("the hold is not that of a purchase")]
    NotAPurchase,
    /// A match stands already, of the purchase or of the capture.
    #[error("one of the two is matched already; take that match back first")]
    AlreadyMatched,
    /// There is no match to take back.
    #[error("the hold is not matched")]
    NotMatched,
    /// No dead letter has this name.
    #[error("there is no such dead letter")]
    UnknownDeadLetter,
    /// It was replayed, or applied, before.
    #[error("the dead letter's notification is not parked any more")]
    NotParked,
}

/// Why an act was not done.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// It is refused.
    #[error("{0}")]
    Rejected(Rejection),
    /// The database could not do it.
    #[error("{0}")]
    Store(#[source] StoreError),
    /// The sums would not be exact any more.
    #[error("{0}")]
    Overflow(#[source] Overflow),
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Overflow> for CommandError {
    fn from(error: Overflow) -> Self {
        Self::Overflow(error)
    }
}

impl From<Rejection> for CommandError {
    fn from(refusal: Rejection) -> Self {
        Self::Rejected(refusal)
    }
}

impl Conflict for CommandError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_conflict())
    }
}

/// Locks one account, waiting for the transaction that holds it, and reads it as it is under the lock.
async fn lock_account(unit: &mut Unit, account: &AccountToken) -> Result<Account, CommandError> {
    let only = BTreeSet::from([account.clone()]);
    unit.lock_accounts(&only, Locked::Wait).await?;
    let wanted = Wanted {
        accounts: only,
        ..Wanted::default()
    };
    let mut known = unit.read_known(&wanted).await?;
    let book = known.accounts.remove(account);
    book.ok_or_else(|| Rejection::UnknownAccount.into())
}
