//! What needs review of a notification by itself, and the sentence that says so.

use super::{is_known_method, spending};
use crate::transaction::Transaction;
use holdfast_funding::processor::Finding;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::fact::State;
use holdfast_ledger::money::Amount;

/// The alert of a notification that is booked.
pub(super) fn find_alert(notification: &Transaction) -> Option<AlertKind> {
    let method = notification.jit.method.as_deref();
    if matches!(notification.state, State::Other(_)) {
        Some(AlertKind::UnknownState)
    } else if method.is_some_and(|method| !is_known_method(method)) {
        Some(AlertKind::UnknownMethod)
    } else if is_partial_cash(notification) {
        Some(AlertKind::CashPartiallyApproved)
    } else {
        impact_differs(notification).then_some(AlertKind::ImpactedAmountDiffers)
    }
}

/// Cash is all or nothing: a machine that pays out a part was approved by others (reference section 4.2).
fn is_partial_cash(notification: &Transaction) -> bool {
    const PARTIALLY_APPROVED: &str = "0002";
    spending::is_cash_withdrawal(&notification.transaction_type)
        && !notification.is_failed()
        && notification.outcome.response_code.as_deref() == Some(PARTIALLY_APPROVED)
}

/// A cross-check of size only (reference section 7.1): the sign is not the same in all of Marqeta's samples,
/// and an impact of nothing says nothing.
fn impact_differs(notification: &Transaction) -> bool {
    let impact = notification.outcome.impacted_amount;
    let Some(impact) = impact.filter(|sum| !sum.is_zero()) else {
        return false;
    };
    let amounts = [notification.amount, notification.jit.amount];
    let mut amounts = amounts.iter().flatten();
    !amounts.any(|amount| amount.value() == impact.value().abs())
}

/// The finding of this kind about a message.
pub(super) fn describe(kind: AlertKind, message: &Transaction) -> Finding {
    let finding = Finding::new(kind, describe_kind(kind, message));
    let amount = message.jit.amount.or(message.amount);
    let (Some(currency), Some(amount)) = (message.currency, amount) else {
        return finding;
    };
    let impact = message.outcome.impacted_amount.map(|sum| sum.value().abs());
    let impact = impact.and_then(|sum| Amount::new(sum).ok());
    let (expected, booked) = match kind {
        AlertKind::ImpactedAmountDiffers => (impact.unwrap_or(amount), amount),
        AlertKind::UnknownMethod | AlertKind::CashPartiallyApproved => (amount, amount),
        _ => (amount, Amount::ZERO),
    };
    finding.with_amounts(currency, expected, booked)
}

fn describe_kind(kind: AlertKind, message: &Transaction) -> String {
    let (token, name) = (&message.token, &message.transaction_type);
    let state = message.state.as_str();
    match kind {
        AlertKind::UnknownType => format!("type {name} of {token} is not known: nothing is booked"),
        AlertKind::UnknownState => {
            format!("state {state} of {name} {token} is not known: nothing is booked")
        }
        AlertKind::UnknownMethod => format!(
            "method {} of {name} {token} is not known: it is booked by its type",
            message.jit.method.as_deref().unwrap_or_default()
        ),
        AlertKind::CreditWithoutJit => format!(
            "{name} {token} has no jit block: marqeta keeps it in the gpa, nothing is booked"
        ),
        AlertKind::ImpactedAmountDiffers => {
            format!("marqeta booked another amount on its side than {name} {token} says")
        }
        AlertKind::CashPartiallyApproved => {
            format!("{name} {token} was approved in part: cash is all or nothing")
        }
        AlertKind::NotBooked => format!(
            "{name} {token} is of an account that is not kept here and has a jit block: nothing is booked"
        ),
        other => format!("{name} {token} in state {state}: {}", other.about()),
    }
}
