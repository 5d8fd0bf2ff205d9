//! What Marqeta tells afterwards: one transaction in one state (reference sections 3, 6 and 8).

mod canonical;
mod read;

use crate::catalog::find_type;
use crate::merchant::{Merchant, OriginalMoney};
use crate::request::Flow;
use holdfast_events::json::FieldError;
use holdfast_ledger::fact::{ClearingRecord, Links, Role, State};
use holdfast_ledger::money::{Amount, Currency, Signed};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{
    AccountToken, CardProductToken, CardToken, DisputeToken, JitToken, NetworkToken, OrderToken,
    TransactionToken,
};
use std::fmt;

/// JSON text as it was sent. It may hold personal data, so it is never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Raw(pub Box<str>);

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Raw({} bytes)", self.0.len())
    }
}

/// The message that a clearing after a financial advice names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrecedingTransaction {
    /// Its token.
    pub token: Option<TransactionToken>,
    /// Its amount.
    pub amount: Option<Amount>,
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

/// One transaction in one state. Only the token is certain; what could not be read is absent and listed in
/// [`Notification::faults`]. All amounts in [`Notification::currency_code`] unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// The message's own token; with the state it identifies the notification.
    pub token: TransactionToken,
    /// Transaction type, such as `authorization.clearing`; empty when it was not said.
    pub transaction_type: String,
    /// The outcome; `Other("")` when it was not said.
    pub state: State,
    /// Load or unload, when there is an order.
    pub flow: Option<Flow>,
    /// JIT method, such as `pgfs.authorization`.
    pub method: Option<String>,
    /// Token of this JIT message.
    pub jit_token: Option<JitToken>,
    /// The part that our account funds; for an advice what is let go.
    pub jit_amount: Option<Amount>,
    /// The first JIT message of the purchase.
    pub original_jit: Option<JitToken>,
    /// The JIT block's `user_token`, else its `business_token`.
    pub jit_account: Option<AccountToken>,
    /// The transaction's own `user_token`, else its `business_token`: a last resort.
    pub top_account: Option<AccountToken>,
    /// Who transacted.
    pub acting_user_token: Option<AccountToken>,
    /// The card.
    pub card: Option<CardToken>,
    /// The card's product.
    pub card_product: Option<CardProductToken>,
    /// The message's amount; for an advice the purchase's new total.
    pub amount: Option<Amount>,
    /// The merchant's figure.
    pub request_amount: Option<Amount>,
    /// The cash part.
    pub cash_back_amount: Option<Amount>,
    /// Currency as it was sent; the order's where the transaction does not say.
    pub currency_code: Option<String>,
    /// The currency, if ISO 4217 knows it.
    pub currency: Option<Currency>,
    /// The order that all messages of the purchase share.
    pub order: Option<OrderToken>,
    /// The order's own state, such as `REVERSED`.
    pub order_state: Option<String>,
    /// The message that this one follows.
    pub preceding: Option<TransactionToken>,
    /// The first message of the series.
    pub original: Option<TransactionToken>,
    /// When Marqeta created it, in one-second precision.
    pub created: Option<Moment>,
    /// When the hold lapses, where the network says so.
    pub authorization_expiration: Option<Moment>,
    /// Marqeta's result, such as `0000` or `1884`.
    pub response_code: Option<String>,
    /// The network's approval code.
    pub approval_code: Option<String>,
    /// Marqeta did not hear our answer in time. A reason, not a verdict: only the state tells.
    pub timed_out: bool,
    /// Who approved in our place: `COMMANDO_AUTO`, `COMMANDO_MANUAL`, `NETWORK`.
    pub standin_approved_by: Option<String>,
    /// Nothing more will be collected.
    pub is_final_clearing: Option<bool>,
    /// Let go beside what is collected.
    pub amount_to_be_released: Option<Amount>,
    /// This clearing's number in its sequence, such as `02`.
    pub multi_clearing_sequence_number: Option<String>,
    /// How many clearings the sequence has.
    pub multi_clearing_sequence_count: Option<String>,
    /// The record's own number in the network's file.
    pub clearing_record_sequence_number: Option<String>,
    /// The network's reference, which all messages of a Visa purchase share.
    pub network_reference: Option<String>,
    /// The acquirer's reference, such as the ARN of a clearing.
    pub acquirer_reference: Option<String>,
    /// The financial advice that a clearing follows.
    pub preceding_transaction: Option<PrecedingTransaction>,
    /// Effect on Marqeta's balance in the transaction's currency; a cross-check, never booked.
    pub impacted_amount: Option<Signed>,
    /// The dispute.
    pub chargeback: Option<Chargeback>,
    /// An original credit that must be usable within 30 minutes.
    pub fast_funds: bool,
    /// Where.
    pub merchant: Merchant,
    /// The network's chain of messages, where it says so.
    pub network_chain: Option<NetworkToken>,
    /// Card network.
    pub network: Option<String>,
    /// Subnetwork.
    pub subnetwork: Option<String>,
    /// What the merchant asked for in its own currency.
    pub original_money: Option<OriginalMoney>,
    /// Fields that the books depend on and that could not be read. Nothing is booked while there are any.
    pub faults: Vec<FieldError>,
    /// The item as it was sent.
    pub raw: Raw,
}

impl Notification {
    /// The tokens that tie the message to others.
    #[must_use]
    pub fn links(&self) -> Links {
        Links {
            own: self.token.clone(),
            jit: self.jit_token.clone(),
            original_jit: self.original_jit.clone(),
            preceding: self.preceding.clone(),
            order: self.order.clone(),
            original: self.original.clone(),
            dispute: self.dispute(),
            network: self.network_chain.clone(),
        }
    }

    /// The dispute's own token; where a message does not say it, what is disputed stands for it.
    fn dispute(&self) -> Option<DisputeToken> {
        if find_type(&self.transaction_type).is_none_or(|entry| entry.role != Role::Dispute) {
            return None;
        }
        let named = self.chargeback.as_ref().and_then(|dispute| {
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
        ClearingRecord {
            reference: self.network_reference.clone(),
            acquirer_reference: self.acquirer_reference.clone(),
            sequence: self.clearing_record_sequence_number.clone(),
            number: number(&self.multi_clearing_sequence_number),
            count: number(&self.multi_clearing_sequence_count),
        }
    }

    /// Did it come to nothing?
    #[must_use]
    pub fn is_failed(&self) -> bool {
        matches!(self.state, State::Declined | State::Error)
    }

    /// Is there a JIT block?
    #[must_use]
    pub fn has_jit(&self) -> bool {
        self.jit_amount.is_some() || self.jit_token.is_some() || self.method.is_some()
    }

    /// An amount as text: the currency's exponent, or as many decimals as it has.
    #[must_use]
    pub fn text(&self, amount: Amount) -> String {
        match self.currency {
            Some(currency) => amount.text(currency),
            None => amount.value().to_string(),
        }
    }
}

#[cfg(test)]
mod tests;
