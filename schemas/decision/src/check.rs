//! The checks, in the order in which they are made. The order is that of the interface (section 3:
//! account, card, method, currency, controls, funds) and also the precedence of reasons.

mod account;
mod authentication;
mod authorization_control;
mod card;
mod channel;
mod country;
mod currency;
mod funds;
mod method;
mod risk;
mod single_purchase;
mod velocity;

use crate::case::Case;
use crate::refusal::Refusal;
use holdfast_ledger::control::Whose;
use holdfast_ledger::money::Amount;
use serde::Serialize;

/// One line for each check, in order: its name, and the file in `check/` that holds its [`CheckInfo`].
macro_rules! checks {
    ($($(#[$doc:meta])* $check:ident in $file:ident;)*) => {
        /// One check.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Check {
            $($(#[$doc])* $check,)*
        }

        impl Check {
            /// All checks, in order.
            pub const ALL: &'static [Self] = &[$(Self::$check),*];

            /// Its name where decisions are shown, which is that of its file.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$check => stringify!($file),)*
                }
            }

            /// What there is to know of it.
            #[must_use]
            pub fn info(self) -> &'static CheckInfo {
                match self {
                    $(Self::$check => &$file::INFO,)*
                }
            }
        }
    };
}

checks! {
    /// Is there such an account, and may it spend?
    Account in account;
    /// Is it the account's own card, and usable?
    Card in card;
    /// Do we know what is asked for?
    Method in method;
    /// Has the account a balance in this currency?
    Currency in currency;
    /// May be paid in this way?
    Channel in channel;
    /// May be paid in this country?
    Country in country;
    /// May a single purchase be that much?
    SinglePurchase in single_purchase;
    /// Does the network think it too risky?
    Risk in risk;
    /// Has the cardholder proved who they are, where that is asked for?
    Authentication in authentication;
    /// May be paid at this merchant?
    AuthorizationControl in authorization_control;
    /// Do all spending limits leave room for it?
    Velocity in velocity;
    /// Is there enough money?
    Funds in funds;
}

/// What there is to know of a check. The page "How a purchase is decided" is printed from it.
#[derive(Debug)]
pub struct CheckInfo {
    /// Its name for people.
    pub title: &'static str,
    /// What it looks at, and when it finds nothing against a purchase; Markdown.
    pub about: &'static str,
    /// What it may refuse for, in its own order.
    pub refusals: &'static [Refusal],
    evaluate: fn(&Case<'_>) -> CheckResult,
}

impl Check {
    /// Makes the check.
    #[must_use]
    pub fn evaluate_case(self, case: &Case<'_>) -> Checked {
        let (verdict, inputs) = (self.info().evaluate)(case);
        Checked {
            check: self,
            verdict,
            inputs,
        }
    }
}

/// How a check came out, and what it looked at.
type CheckResult = (Verdict, Vec<Input>);

/// A check that nothing speaks to: no rule is about the purchase. It costs nothing.
fn nothing_said() -> CheckResult {
    (Verdict::Passed, Vec::new())
}

/// Whose rule it was, as an input.
fn rules_owner(whose: Whose) -> Input {
    ("rules_of", format!("the {}", whose.as_str()))
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nothing speaks against it.
    Passed,
    /// Only this smaller amount passes, in the request's currency.
    Reduced(Amount),
    /// The purchase is refused.
    Refused(Refusal),
}

impl From<Option<Refusal>> for Verdict {
    fn from(refusal: Option<Refusal>) -> Self {
        refusal.map_or(Self::Passed, Self::Refused)
    }
}

/// One input of a check: its name and its value, in words that support staff read.
pub type Input = (&'static str, String);

/// A check that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Which one.
    pub check: Check,
    /// How it came out.
    pub verdict: Verdict,
    /// What it looked at.
    pub inputs: Vec<Input>,
}

#[cfg(test)]
mod tests;
