//! The paper of one decision: its answer, the row that keeps it with every check, and its event.

mod balances;

use super::ticket::Ticket;
use crate::answer::Answer;
use balances::{balance, balances, shown};
use holdfast_decision::{Checked, RULES, Refusal};
use holdfast_events::Topic;
use holdfast_funding::explanation::{ExplainedCheck, Explanation};
use holdfast_ledger::book::{self, Account, Plan};
use holdfast_ledger::entry::Entry;
use holdfast_ledger::money::Amount;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::HoldId;
use holdfast_marqeta::{Action, DeclineReason, JitAnswer, JitRequest, action};
use holdfast_store::decision::{NewDecision, Outcome};
use holdfast_store::journal::Event;
use serde::Serialize;
use std::time::{Duration, Instant};

/// When the stages of a batch were passed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timing {
    pub(super) began: Instant,
    pub(super) locked: Instant,
    pub(super) read: Instant,
    /// The wall clock of all its decisions.
    pub(super) now: Moment,
}

/// A decision being written up.
pub(super) struct Paper {
    decision: NewDecision,
    approved: Option<Amount>,
    reason: Option<DeclineReason>,
    checks: Vec<ExplainedCheck>,
    timing: Timing,
    waited: Duration,
    /// When the request's own turn in the batch came.
    turn: Instant,
    /// The balance in the request's currency, before it was decided.
    before: Option<book::Balance>,
    entries: Vec<Entry>,
    hold: Option<HoldId>,
}

/// Most texts of a decision are shorter; growing one copies it.
const USUAL_BYTES: usize = 1_024;

/// What is written down.
pub(super) struct Filed {
    pub(super) decision: NewDecision,
    pub(super) event: Event,
}

impl Paper {
    /// The account is as it is before the decision.
    pub(super) fn begin(ticket: &Ticket, timing: Timing, account: Option<&Account>) -> Self {
        let id = format!("d-{}", uuid::Uuid::now_v7().simple());
        Self {
            decision: blank(ticket, id, timing.now),
            approved: None,
            reason: None,
            checks: Vec::new(),
            timing,
            waited: timing.began.saturating_duration_since(ticket.began),
            turn: Instant::now(),
            before: balance(&ticket.request, account),
            entries: Vec::new(),
            hold: None,
        }
    }

    /// A refusal that nothing is written down for.
    pub(super) fn decline(request: &JitRequest, reason: DeclineReason, memo: &str) -> Answer {
        sent(&JitAnswer::decline(request, reason, memo))
    }

    /// A request that the door answered by the timeout policy.
    pub(super) fn late(ticket: &Ticket, answer: Answer, now: Moment) -> NewDecision {
        let id = format!("d-{}", uuid::Uuid::now_v7().simple());
        let mut decision = blank(ticket, id, now);
        decision.outcome = Outcome::OutOfTime;
        decision.reason = Some("OUT_OF_TIME".to_owned());
        decision.status = answer.status;
        decision.answer = answer.body;
        decision
    }

    /// Notes something that decided without the checks.
    pub(super) fn note(&mut self, check: &'static str, name: &'static str, value: &str) {
        self.checks
            .push(ExplainedCheck::Decided(check, name, value.to_owned()));
    }

    /// Notes the checks that were made.
    pub(super) fn checks(&mut self, checks: Vec<Checked>) {
        self.checks
            .extend(checks.into_iter().map(ExplainedCheck::Checked));
    }

    pub(super) fn approve(&mut self, amount: Amount, plan: Option<&Plan>) {
        self.approved = Some(amount);
        if let Some(plan) = plan {
            self.entries.clone_from(&plan.entries);
            self.hold = Some(plan.hold.id.clone());
        }
    }

    pub(super) fn refuse(&mut self, reason: DeclineReason) {
        self.reason = Some(reason);
    }

    /// Writes it all up. The account is as it is after the decision.
    pub(super) fn file(mut self, request: &JitRequest, account: Option<&Account>) -> Filed {
        let answer = self.answer(request, account);
        let event = self.event(request, account);
        self.decision.outcome = if self.approved.is_some() {
            Outcome::Approved
        } else {
            Outcome::Declined
        };
        self.decision.reason = self.reason.map(|reason| reason.as_str().to_owned());
        self.decision.status = answer.status;
        self.decision.answer = answer.body;
        self.decision.hold.clone_from(&self.hold);
        self.decision.why = self.why(request, account);
        Filed {
            decision: self.decision,
            event,
        }
    }

    fn answer(&self, request: &JitRequest, account: Option<&Account>) -> Answer {
        let answer = match (self.approved, self.reason) {
            (Some(amount), _) => JitAnswer::approve(request, amount, &self.decision.id),
            (None, reason) => {
                let reason = reason.unwrap_or(DeclineReason::TransactionNotPermitted);
                JitAnswer::decline(request, reason, &self.decision.id)
            }
        };
        let asks = action(request) == Action::Inquiry && self.approved.is_some();
        sent(&if asks {
            answer.with_balances(balances(account))
        } else {
            answer
        })
    }

    fn event(&self, request: &JitRequest, account: Option<&Account>) -> Event {
        let decided = holdfast_events::moment::text(self.timing.now);
        let mut told =
            holdfast_marqeta::event::declined_authorization(request, &self.decision.id, decided);
        told.rule_version = RULES.into();
        told.control_version = controls(account);
        told.reason = self.reason.map(|reason| reason.as_str().to_owned());
        if let Some(amount) = self.approved {
            told.outcome = holdfast_events::Outcome::Approved;
            told.approved_amount = request.text(amount);
        }
        if let (Some(account), Some(currency)) = (account, request.currency) {
            let hold = self.hold.as_ref().and_then(|id| account.holds.get(id));
            told.hold = hold.map(|hold| hold.id.to_string());
            told.held_after = hold.map(|hold| hold.standing.line(currency).held.text(currency));
            let available = account.balance(currency).available();
            told.available_after = available.ok().map(|sum| sum.text(currency));
        }
        let topic = Topic::Authorizations;
        Event {
            id: uuid::Uuid::now_v7(),
            account: request.account.clone(),
            topic: topic.name(),
            kind: topic.event_type(),
            subject: request.token.as_str().to_owned(),
            payload: text(&told),
            entries: self.entries.clone(),
            hold: self.hold.clone(),
            token: Some(request.token.as_str().to_owned()),
            at: self.timing.now,
        }
    }

    /// Every check with its inputs, the balance before and after, and the time each stage took.
    fn why(&mut self, request: &JitRequest, account: Option<&Account>) -> String {
        let micros = |duration: Duration| u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        let Timing {
            began,
            locked,
            read,
            ..
        } = self.timing;
        let reasons = Explanation {
            checks: std::mem::take(&mut self.checks),
            before: shown(request, self.before),
            after: shown(request, balance(request, account)),
            controls: controls(account),
            us: [
                micros(self.waited),
                micros(locked.saturating_duration_since(began)),
                micros(read.saturating_duration_since(locked)),
                micros(self.turn.elapsed()),
            ],
        };
        text(&reasons)
    }
}

/// Version of the controls that the account is kept by; 0 where there are none.
fn controls(account: Option<&Account>) -> i64 {
    account.map_or(0, |account| account.controls.version)
}

fn blank(ticket: &Ticket, id: String, now: Moment) -> NewDecision {
    NewDecision {
        id,
        token: ticket.request.token.clone(),
        account: ticket.request.account.clone(),
        content_hash: ticket.prepared.content_hash,
        outcome: Outcome::Declined,
        reason: None,
        status: 0,
        answer: String::new(),
        hold: None,
        request: text(&ticket.request.summary()),
        why: "{}".to_owned(),
        rules: RULES,
        received: ticket.received,
        decided: now,
    }
}

/// Values of ours as JSON: nothing in them can fail to be written.
fn text(value: &impl Serialize) -> String {
    let mut text = Vec::with_capacity(USUAL_BYTES);
    match serde_json::to_writer(&mut text, value) {
        Ok(()) => String::from_utf8(text).unwrap_or_default(),
        Err(_) => String::new(),
    }
}

/// Marqeta's word for a refusal.
pub(super) fn reason(refusal: Refusal) -> DeclineReason {
    let text = refusal.decline_reason();
    let known = DeclineReason::ALL
        .iter()
        .find(|reason| reason.as_str() == text);
    known
        .copied()
        .unwrap_or(DeclineReason::TransactionNotPermitted)
}

fn sent(answer: &JitAnswer<'_>) -> Answer {
    let body = String::from_utf8(answer.to_bytes()).unwrap_or_default();
    Answer {
        status: answer.status(),
        body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_a_word_of_marqetas() {
        for refusal in Refusal::ALL.iter().copied() {
            assert_eq!(reason(refusal).as_str(), refusal.decline_reason());
        }
    }
}
