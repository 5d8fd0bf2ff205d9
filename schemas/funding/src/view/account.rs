//! Accounts, balances, transfers.

use super::ExactResult;
use holdfast_events::moment;
use holdfast_ledger::book::{AccountBalance, AccountKind, AccountState};
use holdfast_ledger::money::{Currency, Signed};
use holdfast_store::account::StoredAccount;
use holdfast_store::transfer::{Transfer, TransferKind};
use serde::Serialize;

/// An account.
#[derive(Debug, Clone, Serialize)]
pub struct AccountView {
    /// Its token.
    pub token: String,
    /// What it may do, by the operator.
    pub state: AccountState,
    /// Marqeta's state of the user or business, as Marqeta writes it.
    pub marqeta_state: Option<String>,
    /// Who owns it.
    pub kind: AccountKind,
    /// Its money, by currency.
    pub balances: Vec<BalanceView>,
    /// The last position of the account's shard: the balances count every event up to it.
    pub position: i64,
}

/// Money in one currency.
#[derive(Debug, Clone, Serialize)]
pub struct BalanceView {
    /// Which.
    pub currency: &'static str,
    /// The customer's, finally.
    pub posted: String,
    /// Held for purchases.
    pub held: String,
    /// Promised to the customer.
    pub pending_credit: String,
    /// What may be spent.
    pub available: String,
}

impl AccountView {
    /// Shows an account.
    ///
    /// # Errors
    /// [`holdfast_ledger::money::Overflow`].
    pub fn of(account: &StoredAccount) -> ExactResult<Self> {
        let balances = account.balances.iter();
        let balances = balances.map(|(currency, balance)| BalanceView::of(*currency, balance));
        Ok(Self {
            token: account.token.as_str().to_owned(),
            state: account.state,
            marqeta_state: account.marqeta_state.clone(),
            kind: account.kind,
            balances: balances.collect::<ExactResult<_>>()?,
            position: account.position,
        })
    }
}

impl BalanceView {
    fn of(currency: Currency, balance: &AccountBalance) -> ExactResult<Self> {
        Ok(Self {
            currency: currency.code(),
            posted: balance.posted.text(currency),
            held: balance.held.text(currency),
            pending_credit: balance.pending_credit.text(currency),
            available: balance.available()?.text(currency),
        })
    }
}

/// A transfer, an adjustment or a write-off.
#[derive(Debug, Clone, Serialize)]
pub struct TransferView {
    /// Its name.
    pub reference: String,
    /// `credit` or `debit`; adjustments have a signed amount instead, and write-offs are always a credit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<&'static str>,
    /// How much.
    pub amount: String,
    /// In which currency.
    pub currency: &'static str,
    /// The program's memo.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memo: Option<String>,
    /// The operator's reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Its event.
    pub event: uuid::Uuid,
    /// When it was made.
    pub made_at: String,
    /// Whether it opened the account's balance in its currency.
    pub opened_currency: bool,
}

impl From<&Transfer> for TransferView {
    fn from(transfer: &Transfer) -> Self {
        let content = &transfer.content;
        let is_debit = content.amount < Signed::ZERO;
        let note = content.note.clone();
        let (direction, amount, memo, reason) = match content.kind {
            TransferKind::Transfer if is_debit => {
                (Some("debit"), content.amount.opposite(), note, None)
            }
            TransferKind::Transfer => (Some("credit"), content.amount, note, None),
            TransferKind::Adjustment | TransferKind::WriteOff => (None, content.amount, None, note),
        };
        Self {
            reference: transfer.reference.as_str().to_owned(),
            direction,
            amount: amount.text(content.currency),
            currency: content.currency.code(),
            memo,
            reason,
            event: transfer.event,
            made_at: moment::text(transfer.made),
            opened_currency: transfer.opened_currency,
        }
    }
}
