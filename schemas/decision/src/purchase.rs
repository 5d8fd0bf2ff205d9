//! The purchase, as far as rules and controls ask for it, and what the program says of controls.

use holdfast_ledger::control::TransactionAttributes;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{CardProductToken, CardToken};

/// The purchase that a request belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Purchase<'a> {
    /// What of it this request is.
    pub step: PurchaseStep,
    /// When it is decided.
    pub when: Moment,
    /// The card, if the request names one.
    pub card: Option<&'a CardToken>,
    /// The card's product.
    pub product: Option<&'a CardProductToken>,
    /// The merchant's category, four digits.
    pub mcc: Option<&'a str>,
    /// The merchant's number at its acquirer.
    pub mid: Option<&'a str>,
    /// How it is made.
    pub attributes: &'a TransactionAttributes,
}

/// What of a purchase a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PurchaseStep {
    /// It begins: money is held or taken.
    Begins,
    /// More is held for it.
    Grows,
    /// Nothing is asked for yet: is the card good? A subscription may begin so.
    Verifies,
    /// It is none: money comes in, or nothing but a question is asked. No rule and no control is about it.
    Other,
}

impl PurchaseStep {
    /// Does it cost money? Rules about amounts, risk and merchants ask so.
    #[must_use]
    pub fn spends(self) -> bool {
        matches!(self, Self::Begins | Self::Grows)
    }

    /// Is the card used to buy? Rules about where and how ask so.
    #[must_use]
    pub fn uses_card(self) -> bool {
        self.spends() || self == Self::Verifies
    }
}

/// What the program says of authorization controls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ControlPolicy {
    /// Only what a control allows is allowed (`authorization_control_default`: `deny`). Else controls deny.
    pub denies_by_default: bool,
    /// A control that names merchants tells Marqeta so (`merchant_decline_reason`: `invalid_merchant`).
    pub tells_merchant: bool,
}
