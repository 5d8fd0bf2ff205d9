//! An authorization request as the use cases see it.

use super::Responder;
use holdfast_ledger::control::TransactionAttributes;
use holdfast_ledger::fact::{Links, Message, State};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::token::{AccountToken, CardProductToken, CardToken, TransactionToken};
use std::sync::Arc;
use std::time::Duration;

/// What approving a request means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Hold the amount.
    Hold,
    /// Hold more for a purchase that is under way.
    Increment,
    /// Debit the amount at once.
    Debit,
    /// Credit the amount at once.
    Credit,
    /// Announce the amount; usable at once with fast funds.
    PendingCredit,
    /// Confirm that account and card are good; no money.
    Verify,
    /// Report the balances; no money.
    Inquiry,
    /// Confirm that account and card are good, and leave the product to the processor; no money.
    ProductInquiry,
    /// Nothing that a gateway decides, or nothing that is known: declined, with an alert.
    Unknown,
}

impl Action {
    /// Does an approval need that much available?
    #[must_use]
    pub fn needs_funds(self) -> bool {
        matches!(self, Self::Hold | Self::Increment | Self::Debit)
    }
}

/// One authorization request. All amounts in [`AuthorizationRequest::currency_code`].
#[derive(Debug, Clone)]
pub struct AuthorizationRequest {
    /// The message's own token: the idempotency key.
    pub token: TransactionToken,
    /// SHA-256 over what a repeat must have in common with the first request (interface section 3).
    pub content_hash: [u8; 32],
    /// The funding account.
    pub account: AccountToken,
    /// The card.
    pub card: Option<CardToken>,
    /// The card's product.
    pub card_product: Option<CardProductToken>,
    /// The processor's name for the kind of transaction; open.
    pub transaction_type: String,
    /// The processor's name for what is requested; open.
    pub method: String,
    /// Where the transaction stands.
    pub state: State,
    /// What an approval means.
    pub action: Action,
    /// The amount to be funded; decisions go by it.
    pub amount: Amount,
    /// Currency as it was sent.
    pub currency_code: String,
    /// The currency, if ISO 4217 knows it.
    pub currency: Option<Currency>,
    /// Decimals that the amount was sent with, for responses in unknown currencies.
    pub decimals: u32,
    /// The cash part of the amount.
    pub cash_back_amount: Amount,
    /// Is it cash at a machine or a teller? Cash is all or nothing.
    pub is_cash_withdrawal: bool,
    /// Does the terminal accept an approval of less than the amount?
    pub partial_approval_capable: bool,
    /// Does the terminal accept an approval of the goods without the cash?
    pub purchase_amount_only: bool,
    /// Merchant category code, four digits such as `5411`.
    pub mcc: Option<String>,
    /// The merchant's number at its acquirer.
    pub mid: Option<String>,
    /// Entry mode, country, scores, 3-D Secure.
    pub attributes: TransactionAttributes,
    /// The tokens that tie the request to other messages.
    pub links: Links,
    /// The fact that an approval of the whole amount would be; `None` when nothing can be booked.
    pub message: Option<Message>,
    /// What a person may see of the request, JSON; stored with the decision. Decisions are searched by its `card`, its
    /// `mid` (the merchant's number at its acquirer) and its `amount`.
    pub summary: String,
    /// The event's payload, declined with nothing held; the decision completes it.
    pub event: holdfast_events::Authorization,
    /// Time that the processor waits for this response, where it says so.
    pub respond_within: Option<Duration>,
    /// Writes the response.
    pub responder: Arc<dyn Responder>,
}

impl AuthorizationRequest {
    /// An amount of this request as text: the currency's exponent, or the decimals that were sent where ISO 4217
    /// does not know the currency.
    #[must_use]
    pub fn text(&self, amount: Amount) -> String {
        amount_text(amount, self.currency, self.decimals)
    }
}

/// An amount as text: the currency's exponent, or at least so many decimals where ISO 4217 does not know it.
#[must_use]
pub fn amount_text(amount: Amount, currency: Option<Currency>, decimals: u32) -> String {
    match currency {
        Some(currency) => amount.text(currency),
        None => {
            let mut value = amount.value();
            value.rescale(decimals.max(value.scale()));
            value.to_string()
        }
    }
}
