//! How a step reads on a live screen.

use rust_decimal::Decimal;

use crate::{Heard, JitOutcome, Kind, Transaction};

/// `Bayview Hotel 120.00 USD approved in 4 ms`.
pub(super) fn asked(of: &Transaction, outcome: &JitOutcome) -> String {
    let wish = of.account.currency.show(of.amount);
    let name = of.merchant.name;
    let more = if of.kind == Kind::Increment {
        "another "
    } else {
        ""
    };
    let millis = outcome.latency.as_millis();
    match &outcome.heard {
        Heard::Approved { amount } if *amount < of.amount => {
            let got = of.account.currency.show(*amount);
            format!("{name} {more}{wish} approved for {got} in {millis} ms")
        }
        Heard::Approved { .. } => format!("{name} {more}{wish} approved in {millis} ms"),
        Heard::Declined { reason } => format!("{name} {more}{wish} declined {reason}"),
        Heard::Error { status } => format!("{name} {more}{wish} failed with status {status}"),
        Heard::Timeout => format!("{name} {more}{wish} timed out"),
        Heard::ConnectionFailed => format!("{name} {more}{wish} found nobody"),
    }
}

/// `Blue Door Bistro cleared 72.00 USD over a hold of 60.00 USD`.
pub(super) fn told(of: &Transaction, held: Decimal) -> String {
    let (name, amount) = (of.merchant.name, of.account.currency.show(of.amount));
    let hold = of.account.currency.show(held);
    match of.kind {
        Kind::Clearing if of.amount > held => {
            format!("{name} cleared {amount} over a hold of {hold}")
        }
        Kind::Clearing if of.amount < held => {
            format!("{name} cleared {amount} of a hold of {hold}")
        }
        Kind::Clearing => format!("{name} cleared {amount}"),
        Kind::Advice => format!("{name} settled for {amount} instead of {hold}"),
        Kind::PartialReversal => format!("{name} let {amount} go of a hold of {hold}"),
        Kind::Reversal => format!("{name} reversed {amount}"),
        Kind::IssuerExpiration => format!("{name} let {amount} expire"),
        Kind::Refund => format!("{name} refunded {amount}"),
        Kind::ForceCapture => format!("{name} took {amount} without asking"),
        _ if of.marks.stand_in => format!("{name} {amount} approved by stand-in"),
        _ => format!("{name} {amount}"),
    }
}
