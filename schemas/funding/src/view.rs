//! The JSON shapes of responses (interface section 4), from what is stored. The command line prints the
//! same ones for machines. Amounts are texts with the currency's exponent, times RFC 3339 in UTC.

mod account;
mod alert;
mod audit;
mod dead_letter;
mod entry;
mod hold;
mod search;
mod transaction;
mod trial_balance;
mod unmatched;

pub use account::{AccountView, BalanceView, TransferView};
pub use alert::AlertView;
pub use audit::AuditView;
pub use dead_letter::{DeadLetterDetailView, DeadLetterView};
pub use entry::EntryView;
pub use hold::{HoldView, MatchedView};
pub use search::{FoundDecisionView, FoundTransactionView};
pub use transaction::{
    DecisionView, DisputeStepView, DisputeView, MerchantView, MessageView, MovedView,
    NotificationView, ResponseView, TransactionAlertView, TransactionView,
};
pub use trial_balance::TrialBalanceView;
pub use unmatched::{CandidateView, CaptureView, UnmatchedView};

use holdfast_ledger::money::Overflow;
use holdfast_store::card::{CardRow, CardState};
use serde::Serialize;

/// A stored amount cannot be shown, because its sum is beyond what is exact.
pub type ExactResult<T> = Result<T, Overflow>;

/// A card.
#[derive(Debug, Clone, Serialize)]
pub struct CardView {
    /// Its token.
    pub token: String,
    /// Is it registered to an account? If not, only its transitions are known.
    pub registered: bool,
    /// Its account.
    pub account: Option<String>,
    /// In force: the stricter of the two below.
    pub state: CardState,
    /// The operator's state.
    pub operator_state: CardState,
    /// Marqeta's state in force, as Marqeta writes it.
    pub marqeta_state: Option<String>,
}

impl From<CardRow> for CardView {
    fn from(card: CardRow) -> Self {
        Self {
            state: card.effective(),
            registered: card.is_registered(),
            token: card.token.as_str().to_owned(),
            account: card.account.map(|account| account.as_str().to_owned()),
            operator_state: card.operator_state,
            marqeta_state: card.marqeta_state,
        }
    }
}
