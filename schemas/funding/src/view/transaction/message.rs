//! What a notification says, for people: amount, merchant, card, date. Read from its stored text; nothing of the
//! cardholder.

use holdfast_events::moment;
use holdfast_ledger::token::CardToken;
use holdfast_marqeta::{Merchant, Notification};
use serde::Serialize;

/// The content of a notification. What it does not say is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MessageView {
    /// The amount of the message; for an advice the new total.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// The part of it that the account funds, where it differs; for an advice what is released.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jit_amount: Option<String>,
    /// The currency of both, as it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The merchant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merchant: Option<MerchantView>,
    /// The card's token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    /// When Marqeta created it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// Who approved in stand-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standin_approved_by: Option<String>,
    /// Marqeta's result, such as `0000` or `1884`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_code: Option<String>,
}

/// A merchant as a person recognises it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MerchantView {
    /// Its name on a statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its city.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Its country, as it was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Its category code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mcc: Option<String>,
    /// Its number at its acquirer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mid: Option<String>,
}

impl From<&Notification> for MessageView {
    fn from(message: &Notification) -> Self {
        let (amount, jit) = (message.amount, message.jit_amount);
        Self {
            amount: amount.or(jit).map(|amount| message.text(amount)),
            jit_amount: jit
                .filter(|jit| amount.is_some_and(|amount| amount != *jit))
                .map(|jit| message.text(jit)),
            currency: message.currency_code.clone(),
            merchant: MerchantView::of(&message.merchant),
            card: message
                .card
                .as_ref()
                .map(CardToken::as_str)
                .map(str::to_owned),
            created: message.created.map(moment::text),
            standin_approved_by: message.standin_approved_by.clone(),
            response_code: message.response_code.clone(),
        }
    }
}

impl MerchantView {
    /// `None` where nothing is known of it.
    fn of(merchant: &Merchant) -> Option<Self> {
        let view = Self {
            name: merchant.name.clone(),
            city: merchant.city.clone(),
            country: merchant.country.clone(),
            mcc: merchant.mcc.clone(),
            mid: merchant.mid.clone(),
        };
        (view != Self::default()).then_some(view)
    }
}
