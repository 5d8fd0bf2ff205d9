//! Why a message that was booked in its hold moved no money.

use crate::processor::CardMessage;
use holdfast_ledger::fact::{DisputeStep, Fact, Kind, State};
use holdfast_ledger::hold::Hold;

/// Explains a booked message that changed nothing, without a full stop.
pub(super) fn explain_booked(message: &CardMessage, fact: &Fact, hold: Option<&Hold>) -> String {
    let (kind, state) = (&message.transaction_type, message.state.as_str());
    if matches!(message.state, State::Other(_)) {
        return format!("the state {state} is not in the table of messages: nothing is booked");
    }
    if fact.kind.posts() && !fact.is_final() {
        return format!("not final: {kind} posts in state COMPLETION, and this is {state}");
    }
    if fact.amount.is_zero() && !releases_all(&fact.kind) {
        return format!(
            "its amount is {} {}",
            fact.amount.text(fact.currency),
            fact.currency.code()
        );
    }
    match &fact.kind {
        Kind::Advice { .. } | Kind::PartialReversal => explain_release(fact, hold),
        kind if releases_all(kind) => explain_release(fact, hold),
        Kind::DebitReversal => explain_undoing("debit", hold),
        Kind::CreditReversal => explain_undoing("credit", hold),
        Kind::CreditClearing => "the amount was credited at its authorization".to_owned(),
        Kind::Dispute(step) => explain_dispute(*step).to_owned(),
        _ => "other messages of the purchase had booked it already".to_owned(),
    }
}

fn releases_all(kind: &Kind) -> bool {
    matches!(kind, Kind::FullReversal | Kind::IssuerExpiration)
}

/// A reversal, an expiration or an advice that released nothing.
fn explain_release(fact: &Fact, hold: Option<&Hold>) -> String {
    let original = hold.and_then(|hold| hold.facts.iter().find(|fact| fact.kind.opens()));
    let is_cancelled = |hold: &Hold| {
        let mut originals = hold.facts.iter().filter(|fact| fact.kind.opens());
        originals.any(Fact::is_cancelled)
    };
    let line = hold
        .map(|hold| hold.standing.line(fact.currency))
        .unwrap_or_default();
    let is_cleared = !line.authorized.is_zero() && line.cleared >= line.authorized;
    if original.is_none() {
        "it follows an authorization that was never seen: there is nothing to release".to_owned()
    } else if hold.is_some_and(is_cancelled) {
        "its authorization was declined: nothing was held".to_owned()
    } else if is_cleared {
        "the purchase was cleared in full already: there is nothing to release".to_owned()
    } else if matches!(fact.kind, Kind::Advice { .. }) {
        "the total that it names is what was held already".to_owned()
    } else {
        "nothing of the purchase was held any more".to_owned()
    }
}

/// A reversal of money that had moved, which undid nothing.
fn explain_undoing(what: &str, hold: Option<&Hold>) -> String {
    let is_seen = hold.is_some_and(|hold| hold.facts.iter().any(|fact| fact.kind.opens()));
    if is_seen {
        format!("nothing of the {what} was left to undo")
    } else {
        format!("it reverses a {what} that was never seen")
    }
}

fn explain_dispute(step: DisputeStep) -> &'static str {
    match step {
        DisputeStep::Opened => {
            "the dispute is opened: the network's money is in suspense, not the customer's"
        }
        DisputeStep::Represented => "a representment moves no money",
        DisputeStep::ProvisionalCredit => "the customer has the provisional credit already",
        DisputeStep::ProvisionalDebit => "no provisional credit was left to take back",
        DisputeStep::Won { .. } => {
            "the dispute is won, and the customer has the money already or the program keeps it"
        }
        DisputeStep::Lost => "the dispute is lost, and no credit was left to take back",
        DisputeStep::WrittenOff => {
            "the dispute is written off: the customer keeps what was credited"
        }
    }
}
