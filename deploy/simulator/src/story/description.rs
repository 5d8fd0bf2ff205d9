//! Descriptions of steps for a screen.

use rust_decimal::Decimal;

use crate::{JitExchange, JitResponse, MessageKind, Transaction};

/// `Bayview Hotel 120.00 USD approved in 4 ms`.
pub(super) fn describe_exchange(of: &Transaction, exchange: &JitExchange) -> String {
    let requested = of.account.currency.format_amount(of.amount);
    let name = of.merchant.name;
    let more = if of.kind == MessageKind::Increment {
        "another "
    } else {
        ""
    };
    let millis = exchange.latency.as_millis();
    match &exchange.response {
        JitResponse::Approved { amount } if *amount < of.amount => {
            let got = of.account.currency.format_amount(*amount);
            format!("{name} {more}{requested} approved for {got} in {millis} ms")
        }
        JitResponse::Approved { .. } => format!("{name} {more}{requested} approved in {millis} ms"),
        JitResponse::Declined { reason } => format!("{name} {more}{requested} declined {reason}"),
        JitResponse::Error { status } => {
            format!("{name} {more}{requested} failed with status {status}")
        }
        JitResponse::Timeout => format!("{name} {more}{requested} timed out"),
        JitResponse::ConnectionFailed => format!("{name} {more}{requested} could not connect"),
    }
}

/// `Blue Lamp Bistro cleared 72.00 USD over a hold of 60.00 USD`.
pub(super) fn describe_notification(of: &Transaction, held: Decimal) -> String {
    let (name, amount) = (
        of.merchant.name,
        of.account.currency.format_amount(of.amount),
    );
    let hold = of.account.currency.format_amount(held);
    match of.kind {
        MessageKind::Clearing if of.amount > held => {
            format!("{name} cleared {amount} over a hold of {hold}")
        }
        MessageKind::Clearing if of.amount < held => {
            format!("{name} cleared {amount} of a hold of {hold}")
        }
        MessageKind::Clearing => format!("{name} cleared {amount}"),
        MessageKind::Advice => format!("{name} set the hold of {hold} to {amount}"),
        MessageKind::PartialReversal => format!("{name} released {amount} of a hold of {hold}"),
        MessageKind::Reversal => format!("{name} reversed {amount}"),
        MessageKind::IssuerExpiration => format!("{name} let {amount} expire"),
        MessageKind::Refund => format!("{name} refunded {amount}"),
        MessageKind::ForceCapture => format!("{name} force-captured {amount}"),
        _ if of.marks.stand_in => format!("{name} {amount} approved by stand-in"),
        _ => format!("{name} {amount}"),
    }
}
