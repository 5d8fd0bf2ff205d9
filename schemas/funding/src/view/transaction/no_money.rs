//! Why a transaction moved no money. One function decides the sentence, for the API and the command line.

mod booked;

use crate::processor::CardMessage;
use holdfast_ledger::fact::Source;
use holdfast_ledger::hold::Hold;
use holdfast_store::decision::StoredOutcome;

/// What is known of a transaction without a journal line.
#[derive(Debug, Default)]
pub(super) struct Unmoved<'a> {
    /// Our decision, where there was a request.
    pub(super) decided: Option<Decided>,
    /// What Marqeta notified.
    pub(super) notified: Vec<Notified<'a>>,
    /// The hold that it belongs to.
    pub(super) hold: Option<&'a Hold>,
}

/// A decision, as far as it says why nothing moved.
#[derive(Debug)]
pub(super) struct Decided {
    pub(super) outcome: StoredOutcome,
    /// The check that refused, and its reason: `funds`, `insufficient_funds`.
    pub(super) refused_by: Option<(String, Option<String>)>,
}

/// A notification and what became of it.
#[derive(Debug)]
pub(super) struct Notified<'a> {
    pub(super) state: &'a str,
    pub(super) status: &'a str,
    pub(super) error: Option<&'a str>,
    /// Was it booked in a hold?
    pub(super) is_booked: bool,
    /// The notification; `None` where its text cannot be read.
    pub(super) message: Option<&'a CardMessage>,
}

impl Notified<'_> {
    fn precedence(&self) -> u8 {
        let state = holdfast_ledger::fact::State::parse(self.state);
        Source::Notified(state).precedence()
    }
}

/// Why no money was moved, without a full stop.
pub(super) fn explain_no_money(of: &Unmoved<'_>) -> String {
    let effective = of
        .notified
        .iter()
        .max_by_key(|notified| notified.precedence());
    match (effective, &of.decided) {
        (Some(notified), _) if notified.status != "applied" => explain_unapplied(notified),
        (Some(notified), decided) => explain_applied(of, notified, decided.as_ref()),
        (None, Some(decided)) => explain_decision(decided, of.hold),
        (None, None) => {
            "only other messages name it: Marqeta has notified nothing of it".to_owned()
        }
    }
}

fn explain_unapplied(notified: &Notified<'_>) -> String {
    let state = notified.state;
    match notified.status {
        "parked" => format!(
            "the notification in state {state} is parked: {}",
            notified.error.unwrap_or("its reason was not kept")
        ),
        _ => format!("the notification in state {state} waits to be applied"),
    }
}

fn explain_decision(decided: &Decided, hold: Option<&Hold>) -> String {
    match (decided.outcome, &decided.refused_by, hold) {
        (StoredOutcome::Declined, Some((check, Some(because))), _) => {
            format!("declined by the check {check}: {because}")
        }
        (StoredOutcome::Declined, Some((check, None)), _) => {
            format!("declined by the check {check}")
        }
        (StoredOutcome::Declined, None, _) => "declined".to_owned(),
        (StoredOutcome::OutOfTime, ..) => {
            "answered by the timeout policy: there was no time to decide".to_owned()
        }
        (StoredOutcome::Approved, _, None) => {
            "approved, and the request asks for no money".to_owned()
        }
        (StoredOutcome::Approved, _, Some(_)) => {
            "approved, and nothing more had to be held: its amount is zero, or other messages of \
             the purchase cover it"
                .to_owned()
        }
    }
}

fn explain_applied(of: &Unmoved<'_>, notified: &Notified<'_>, decided: Option<&Decided>) -> String {
    let Some(message) = notified.message else {
        return "it is not a transaction: it changes no balance".to_owned();
    };
    if message.is_failed() {
        let ours = decided.filter(|decided| decided.outcome != StoredOutcome::Approved);
        return ours.map_or_else(
            || explain_cancelled(of, message),
            |decided| explain_decision(decided, of.hold),
        );
    }
    // Booked in a hold, so the program books credits without a JIT block.
    match message.booked_fact(notified.is_booked) {
        Ok((fact, _)) => booked::explain_booked(message, fact, of.hold),
        Err(because) => because.to_owned(),
    }
}

fn explain_cancelled(of: &Unmoved<'_>, message: &CardMessage) -> String {
    let state = message.state.as_str();
    let others = of.notified.iter().map(|notified| notified.state);
    let others: Vec<&str> = others.filter(|other| *other != state).collect();
    let code = message.notice.purchase.response_code.as_deref();
    let code = code.map_or_else(String::new, |code| format!(" with response code {code}"));
    if others.is_empty() {
        return format!("cancelled: Marqeta notified {state}{code}");
    }
    format!(
        "cancelled: {state}{code} supersedes {} of the same transaction",
        others.join(", ")
    )
}

#[cfg(test)]
mod tests;
