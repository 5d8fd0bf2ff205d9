//! What a notification says, for people: amount, merchant, card, date. Nothing of the
//! cardholder.

use crate::processor::{CardMessage, Merchant};
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

impl From<&CardMessage> for MessageView {
    fn from(message: &CardMessage) -> Self {
        let (origin, notice) = (&message.notice.origin, &message.notice.purchase);
        let (amount, jit) = (notice.amount.as_ref(), notice.jit_amount.as_ref());
        Self {
            amount: amount.or(jit).cloned(),
            jit_amount: jit
                .filter(|jit| amount.is_some_and(|amount| amount != *jit))
                .cloned(),
            currency: notice.currency.clone(),
            merchant: MerchantView::of(&message.merchant),
            card: origin.card.clone(),
            created: origin.occurred_at.clone(),
            standin_approved_by: notice.standin_approved_by.clone(),
            response_code: notice.response_code.clone(),
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
