//! The question: one JIT funding request (reference section 3), reduced to what decides it.

mod canonical;
mod read;
mod summary;

pub use summary::Summary;

use crate::address::AddressVerification;
use crate::merchant::{Merchant, OriginalMoney};
use holdfast_ledger::control::TransactionAttributes;
use holdfast_ledger::fact::{Links, State};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{
    AccountToken, CardProductToken, CardToken, JitToken, NetworkToken, OrderToken, TransactionToken,
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

/// One JIT funding request. All amounts in [`JitRequest::currency_code`] unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JitRequest {
    /// The message's own token: the idempotency key.
    pub token: TransactionToken,
    /// Transaction type, such as `authorization`; open.
    pub transaction_type: String,
    /// `PENDING` for dual messages, `COMPLETION` for single ones.
    pub state: State,
    /// JIT method, such as `pgfs.authorization`; open.
    pub method: String,
    /// Load (purchases) or unload (credits).
    pub flow: Flow,
    /// Token of this JIT message; the answer echoes it.
    pub jit_token: JitToken,
    /// `jit_funding.user_token`.
    pub user_token: Option<AccountToken>,
    /// `jit_funding.business_token`.
    pub business_token: Option<AccountToken>,
    /// The funding account: `user_token`, else `business_token`.
    pub account: AccountToken,
    /// Who transacted; may be a child of the account's owner.
    pub acting_user_token: Option<AccountToken>,
    /// The card.
    pub card: Option<CardToken>,
    /// The card's product.
    pub card_product: Option<CardProductToken>,
    /// What must be funded, `jit_funding.amount`: decisions go by this one.
    pub amount: Amount,
    /// Decimals that [`JitRequest::amount`] was sent with, for answers in unknown currencies.
    pub decimals_sent: u32,
    /// The message's whole amount, of which the account at Marqeta may fund a part.
    pub transaction_amount: Option<Amount>,
    /// The merchant's figure with fees.
    pub request_amount: Option<Amount>,
    /// The cash part of the amount.
    pub cash_back_amount: Option<Amount>,
    /// Currency as it was sent.
    pub currency_code: String,
    /// The currency, if ISO 4217 knows it.
    pub currency: Option<Currency>,
    /// The order that all messages of the purchase share.
    pub order: Option<OrderToken>,
    /// The first JIT message of the purchase; absent on the first.
    pub original_jit: Option<JitToken>,
    /// The message that this one follows.
    pub preceding: Option<TransactionToken>,
    /// The first message of the series.
    pub original: Option<TransactionToken>,
    /// When Marqeta created it, in one-second precision.
    pub created: Option<Moment>,
    /// When the hold lapses, where the network says so.
    pub authorization_expiration: Option<Moment>,
    /// Where.
    pub merchant: Merchant,
    /// How, for the rules.
    pub attributes: TransactionAttributes,
    /// The terminal takes an approval of less than the amount.
    pub partial_approval_capable: bool,
    /// The terminal takes an approval of the goods without the cash.
    pub purchase_amount_only: bool,
    /// A pre-authorization, as hotels and rentals make them.
    pub is_preauthorization: bool,
    /// A collection that is asked for (`billpayment.capture`): nothing more will be collected.
    pub is_final_clearing: bool,
    /// Let go beside what is collected.
    pub amount_to_be_released: Option<Amount>,
    /// An original credit that must be usable within 30 minutes.
    pub fast_funds: bool,
    /// The network's chain of messages, where it says so.
    pub network_chain: Option<NetworkToken>,
    /// Card network, such as `VISA`.
    pub network: Option<String>,
    /// Subnetwork, such as `VISANET`.
    pub subnetwork: Option<String>,
    /// What the merchant asked for in its own currency.
    pub original_money: Option<OriginalMoney>,
    /// The address check, for the answer alone.
    pub address_verification: Option<AddressVerification>,
}

impl JitRequest {
    /// The tokens that tie the request to other messages.
    #[must_use]
    pub fn links(&self) -> Links {
        Links {
            own: self.token.clone(),
            jit: Some(self.jit_token.clone()),
            original_jit: self.original_jit.clone(),
            preceding: self.preceding.clone(),
            order: self.order.clone(),
            original: self.original.clone(),
            dispute: None,
            network: self.network_chain.clone(),
        }
    }

    /// An amount of this request as text: the currency's exponent, or the decimals that were sent where
    /// ISO 4217 does not know the currency.
    #[must_use]
    pub fn text(&self, amount: Amount) -> String {
        match self.currency {
            Some(currency) => amount.text(currency),
            None => {
                let mut value = amount.value();
                value.rescale(self.decimals_sent.max(value.scale()));
                value.to_string()
            }
        }
    }
}

#[cfg(test)]
mod tests;
