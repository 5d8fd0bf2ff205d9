//! Marqeta's transaction (reference section 3): the one shape of JIT requests and of card notifications.

mod content_hash;
mod read;

pub(crate) use read::Purpose;

use crate::address::AddressVerification;
use crate::attributes::CardUse;
use crate::catalog::find_type;
use crate::merchant::OriginalMoney;
use crate::settlement::Settlement;
use holdfast_events::json::FieldError;
use holdfast_funding::processor::{Merchant, amount_text};
use holdfast_ledger::control::TransactionAttributes;
use holdfast_ledger::fact::{ClearingRecord, Links, Role, State};
use holdfast_ledger::money::{Amount, Currency, Signed};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{
    AccountToken, CardProductToken, CardToken, DisputeToken, JitToken, NetworkToken, OrderToken,
    TransactionToken,
};

/// Which way money goes between us and Marqeta's side of the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flow {
    /// `gpa_order`: into the account at Marqeta; purchases and what follows them.
    Load,
    /// `gpa_order_unload`: back to us; refunds and credits.
    Unload,
}

impl Flow {
    /// The field of the transaction that holds the order.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Load => "gpa_order",
            Self::Unload => "gpa_order_unload",
        }
    }

    /// `load` or `unload`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Unload => "unload",
        }
    }
}

/// The JIT block of a transaction, `jit_funding`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JitFunding {
    /// Token of this JIT message; the response repeats it.
    pub token: Option<JitToken>,
    /// JIT method, such as `pgfs.authorization`; open.
    pub method: Option<String>,
    /// The funding account of a user.
    pub user: Option<AccountToken>,
    /// The funding account of a business.
    pub business: Option<AccountToken>,
    /// The part that the account funds: decisions go by this one; for an advice what is released.
    pub amount: Option<Amount>,
    /// Decimals that the amount was sent with, for responses in unknown currencies.
    pub decimals: u32,
    /// The first JIT message of the purchase; absent on the first.
    pub original: Option<JitToken>,
    /// The address check, for the response alone.
    pub address_verification: Option<AddressVerification>,
}

/// What the terminal can do; requests alone carry it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Terminal {
    /// It accepts an approval of less than the amount.
    pub partial_approval_capable: bool,
    /// It accepts an approval of the goods without the cash.
    pub purchase_amount_only: bool,
}

/// How a clearing names itself, as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClearingNumbers {
    /// Its number in its sequence, such as `02`.
    pub number: Option<String>,
    /// How many clearings the sequence has.
    pub count: Option<String>,
    /// The record's own number in the network's file.
    pub record: Option<String>,
    /// The network's reference, which all messages of a Visa purchase share.
    pub network_reference: Option<String>,
    /// The acquirer's reference, such as the ARN of a clearing.
    pub acquirer_reference: Option<String>,
}

/// The dispute that a message belongs to (reference section 6.17).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chargeback {
    /// The dispute's own token.
    pub token: Option<String>,
    /// Where the dispute stands, such as `CASE_WON`; not the state of the transaction.
    pub state: Option<String>,
    /// The disputed amount.
    pub amount: Option<Amount>,
    /// Whether the user is to be credited.
    pub credit_user: Option<bool>,
}

/// What only a notification can say: what became of the transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TransactionOutcome {
    /// Marqeta's result, such as `0000` or `1884`.
    pub response_code: Option<String>,
    /// The network's approval code.
    pub approval_code: Option<String>,
    /// Our response reached Marqeta too late. A reason, not a verdict: only the state counts.
    pub timed_out: bool,
    /// Who approved in stand-in: `COMMANDO_AUTO`, `COMMANDO_MANUAL`, `NETWORK`.
    pub standin_approved_by: Option<String>,
    /// The numbers of a clearing.
    pub clearing: ClearingNumbers,
    /// Effect on Marqeta's balance in the transaction's currency; a cross-check, never booked.
    pub impacted_amount: Option<Signed>,
    /// The dispute.
    pub chargeback: Option<Chargeback>,
    /// What the network says of settlement.
    pub settlement: Settlement,
}

/// One transaction in one state. Only the token is certain; what could not be read is absent and listed in
/// [`Transaction::faults`]. All amounts in [`Transaction::currency_code`] unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// The message's own token; with the state it identifies a notification.
    pub token: TransactionToken,
    /// Transaction type, such as `authorization.clearing`; open, and empty when it is missing.
    pub transaction_type: String,
    /// `PENDING`, `COMPLETION`, …; `Other("")` when it is missing.
    pub state: State,
    /// Load or unload, when there is an order.
    pub flow: Option<Flow>,
    /// The JIT block.
    pub jit: JitFunding,
    /// The transaction's own `user_token`, else its `business_token`: a last resort.
    pub cardholder: Option<AccountToken>,
    /// Who transacted; may be a child of the account's owner.
    pub acting_user: Option<AccountToken>,
    /// The card.
    pub card: Option<CardToken>,
    /// The card's product.
    pub card_product: Option<CardProductToken>,
    /// The message's whole amount; for an advice the purchase's new total.
    pub amount: Option<Amount>,
    /// The merchant's figure with fees.
    pub request_amount: Option<Amount>,
    /// The cash part of the amount.
    pub cash_back_amount: Option<Amount>,
    /// Currency as it was sent; in notifications the order's where the transaction has none.
    pub currency_code: Option<String>,
    /// The currency, if ISO 4217 knows it.
    pub currency: Option<Currency>,
    /// The order that all messages of the purchase share.
    pub order: Option<OrderToken>,
    /// The message that this one follows.
    pub preceding: Option<TransactionToken>,
    /// The first message of the series.
    pub original: Option<TransactionToken>,
    /// The network's chain of messages, where it says so.
    pub network_chain: Option<NetworkToken>,
    /// When Marqeta created it, in one-second precision.
    pub created: Option<Moment>,
    /// When the hold lapses, where the network says so.
    pub authorization_expiration: Option<Moment>,
    /// The merchant.
    pub merchant: Merchant,
    /// Entry mode, country, scores, 3-D Secure; requests alone carry them.
    pub attributes: TransactionAttributes,
    /// What the terminal can do.
    pub terminal: Terminal,
    /// How the card was used.
    pub card_use: CardUse,
    /// A pre-authorization, as hotels and rentals make them.
    pub is_preauthorization: bool,
    /// No further clearing follows.
    pub is_final_clearing: Option<bool>,
    /// Released beside what is cleared.
    pub amount_to_be_released: Option<Amount>,
    /// An original credit that must be usable within 30 minutes.
    pub fast_funds: bool,
    /// Card network, such as `VISA`.
    pub network: Option<String>,
    /// Subnetwork, such as `VISANET`.
    pub subnetwork: Option<String>,
    /// The amount in the merchant's own currency.
    pub original_money: Option<OriginalMoney>,
    /// What became of it; empty in requests.
    pub outcome: TransactionOutcome,
    /// Fields that the books depend on and that could not be read. Nothing is booked while there are any.
    pub faults: Vec<FieldError>,
}

impl Transaction {
    /// The funding account: the JIT block's `user_token`, else its `business_token`.
    #[must_use]
    pub fn account(&self) -> Option<&AccountToken> {
        self.jit.user.as_ref().or(self.jit.business.as_ref())
    }

    /// The tokens that tie the message to others.
    #[must_use]
    pub fn links(&self) -> Links {
        Links {
            jit: self.jit.token.clone(),
            original_jit: self.jit.original.clone(),
            preceding: self.preceding.clone(),
            order: self.order.clone(),
            original: self.original.clone(),
            dispute: self.dispute(),
            network: self.network_chain.clone(),
            ..Links::new(self.token.clone())
        }
    }

    /// The dispute's own token; where a message does not name it, what is disputed stands for it.
    fn dispute(&self) -> Option<DisputeToken> {
        if find_type(&self.transaction_type).is_none_or(|entry| entry.role != Role::Dispute) {
            return None;
        }
        let named = self.outcome.chargeback.as_ref().and_then(|dispute| {
            let token = dispute.token.as_deref()?;
            DisputeToken::parse(token).ok()
        });
        let disputed = || {
            let of = self.preceding.as_ref().or(self.original.as_ref());
            let of = of.unwrap_or(&self.token);
            DisputeToken::parse(&format!("of:{of}")).ok()
        };
        named.or_else(disputed)
    }

    /// How a clearing names itself to the network.
    #[must_use]
    pub fn clearing_record(&self) -> ClearingRecord {
        let number = |text: &Option<String>| text.as_deref()?.trim().parse().ok();
        let numbers = &self.outcome.clearing;
        ClearingRecord {
            reference: numbers.network_reference.clone(),
            acquirer_reference: numbers.acquirer_reference.clone(),
            sequence: numbers.record.clone(),
            number: number(&numbers.number),
            count: number(&numbers.count),
        }
    }

    /// Was it declined, or did it fail?
    #[must_use]
    pub fn is_failed(&self) -> bool {
        matches!(self.state, State::Declined | State::Error)
    }

    /// Is there a JIT block?
    #[must_use]
    pub fn has_jit(&self) -> bool {
        self.jit.amount.is_some() || self.jit.token.is_some() || self.jit.method.is_some()
    }

    /// Does it name a message before it?
    #[must_use]
    pub fn is_linked(&self) -> bool {
        self.jit.original.is_some() || self.preceding.is_some()
    }

    /// An amount as text: the currency's exponent; where ISO 4217 does not know the currency, the decimals that
    /// the JIT block was sent with.
    #[must_use]
    pub fn text(&self, amount: Amount) -> String {
        amount_text(amount, self.currency, self.jit.decimals)
    }
}

#[cfg(test)]
mod tests;
