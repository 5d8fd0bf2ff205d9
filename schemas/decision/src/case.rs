//! What is decided on.

use crate::purchase::{ControlPolicy, Purchase};
use holdfast_ledger::book::{Account, Plan};
use holdfast_ledger::control::{ControlSet, ControlSubject, RulesInForce};
use holdfast_ledger::money::{Amount, Currency, Signed};
use holdfast_ledger::usage::Use;

/// What an approval would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Hold or take the money of a purchase that begins. A part of it may do.
    Purchase,
    /// Change the books otherwise: an increment, a credit, an empty hold.
    Books,
    /// Nothing: the card and the account are asked for, not money.
    Nothing,
    /// The program does not respond to such questions.
    NotOffered,
    /// We do not know.
    Unknown,
}

/// What is known of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Card {
    /// The request names none.
    None,
    /// Never seen: a valid request registers it.
    New,
    /// Of this account, and usable or not.
    Own {
        /// Neither the operator nor Marqeta has stopped it.
        active: bool,
    },
    /// Of another account.
    OfAnotherAccount,
}

/// A smaller amount, with the change that approving it would make.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// In the request's currency; more than nothing, less than was asked for.
    pub amount: Amount,
    /// Planned for this amount.
    pub plan: &'a Plan,
}

/// One request under its account's lock.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The account; `None` when it does not exist.
    pub account: Option<&'a Account>,
    /// Does Marqeta's state of the account count (`honor_account_transitions`)?
    pub honors_account_transitions: bool,
    /// The card.
    pub card: Card,
    /// The method, as it was sent.
    pub method: &'a str,
    /// What an approval would do.
    pub effect: Effect,
    /// The currency as it was sent.
    pub currency_code: &'a str,
    /// The currency, if ISO 4217 knows it.
    pub currency: Option<Currency>,
    /// What must be funded, in that currency.
    pub amount: Amount,
    /// The change that an approval would make; `None` when it makes none or none can be worked out.
    pub plan: Option<&'a Plan>,
    /// What the message itself would use of spending limits, were it approved whole.
    pub spends: Option<&'a Use>,
    /// What may be approved instead when the money does not suffice (see [`crate::partial`]).
    pub part: Option<Part<'a>>,
    /// The purchase, for rules and controls.
    pub purchase: Purchase<'a>,
    /// The rules and controls in force.
    pub controls: &'a ControlSet,
    /// What the program says of controls.
    pub policy: ControlPolicy,
}

impl<'a> Case<'a> {
    /// The subject whose rules and controls count; `None` without an account.
    #[must_use]
    pub fn control_subject(&self) -> Option<ControlSubject<'a>> {
        Some(ControlSubject {
            account: &self.account?.token,
            card: self.purchase.card,
            product: self.purchase.product,
        })
    }

    /// What an approval takes from what is available, in the request's currency; negative where it gives.
    /// `None` without an account, a currency, a plan, or an exact sum.
    #[must_use]
    pub fn drop_of_available(&self) -> Option<Signed> {
        let currency = self.currency?;
        let before = self.account?.balance(currency).available().ok()?;
        let Some(balance) = self.plan?.balances.get(&currency) else {
            return Some(Signed::ZERO);
        };
        before.minus(balance.available().ok()?).ok()
    }

    /// The rules of the card, the account and the program; `None` without an account.
    #[must_use]
    pub fn rules_in_force(&self) -> Option<RulesInForce<'a>> {
        let controls = self.controls;
        self.control_subject()
            .map(|subject| controls.rules_in_force(subject))
    }
}
