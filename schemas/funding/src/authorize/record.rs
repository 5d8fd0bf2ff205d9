//! The record of one decision: its response, the row that keeps it with every check, and its event.

use super::PreparedRequest;
use super::balances::{balance, balances, shown};
use super::deciding_check::DecidingCheck;
use crate::adjustment::ChangedHold;
use crate::explanation::{ExplainedCheck, Explanation};
use crate::hold_after::balance_after;
use crate::journal::{NewEvent, render_json};
use crate::processor::{Action, Authorization, AuthorizationRequest, StoredResponse};
use holdfast_decision::{Checked, DeclineReason, RULES};
use holdfast_events::{Outcome, Topic, moment};
use holdfast_ledger::book::{self, Account, Plan};
use holdfast_ledger::entry::Entry;
use holdfast_ledger::money::Amount;
use holdfast_ledger::time::Moment;
use holdfast_store::decision::{NewDecision, StoredOutcome};
use holdfast_store::journal::Event;
use holdfast_store::program::TimeoutPolicy;
use std::time::{Duration, Instant};

/// When the phases of a batch ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timing {
    pub(super) began: Instant,
    pub(super) locked: Instant,
    pub(super) read: Instant,
    /// The wall clock of all its decisions.
    pub(super) now: Moment,
}

/// A decision that is being made.
#[derive(Debug)]
pub(super) struct DecisionRecord {
    decision: NewDecision,
    approved: Option<Amount>,
    reason: Option<DeclineReason>,
    /// What declined it or reduced its amount.
    decided_by: DecidingCheck,
    checks: Vec<ExplainedCheck>,
    timing: Timing,
    waited: Duration,
    /// When the batch began to decide this request.
    started: Instant,
    /// The balance in the request's currency, before it was decided.
    before: Option<book::AccountBalance>,
    entries: Vec<Entry>,
    hold: Option<ChangedHold>,
    /// The hold that keeps a decline, where a limit counts declines.
    counted: Option<ChangedHold>,
}

impl DecisionRecord {
    /// The account is as it is before the decision.
    pub(super) fn begin(
        prepared: &PreparedRequest,
        timing: Timing,
        account: Option<&Account>,
    ) -> Self {
        let id = format!("d-{}", uuid::Uuid::now_v7().simple());
        Self {
            decision: blank_decision(prepared, id, timing.now),
            approved: None,
            reason: None,
            decided_by: DecidingCheck::default(),
            checks: Vec::new(),
            timing,
            waited: timing.began.saturating_duration_since(prepared.began),
            started: Instant::now(),
            before: balance(&prepared.request, account),
            entries: Vec::new(),
            hold: None,
            counted: None,
        }
    }

    /// A request that the timeout policy answered.
    pub(super) fn out_of_time(
        prepared: &PreparedRequest,
        response: StoredResponse,
        policy: TimeoutPolicy,
        now: Moment,
    ) -> (NewDecision, Event) {
        let id = format!("d-{}", uuid::Uuid::now_v7().simple());
        let mut decision = blank_decision(prepared, id, now);
        decision.outcome = StoredOutcome::OutOfTime;
        decision.reason = Some("OUT_OF_TIME".to_owned());
        decision.status = response.status;
        decision.response_body = response.body;
        let event = not_decided_event(&prepared.request, &decision, policy);
        (decision, event)
    }

    /// Notes something that decided without the checks.
    pub(super) fn note(&mut self, check: &'static str, name: &'static str, value: &str) {
        self.decided_by = DecidingCheck::noted(check);
        self.checks
            .push(ExplainedCheck::Decided(check, name, value.to_owned()));
    }

    /// Notes the checks that were made.
    pub(super) fn checks(&mut self, checks: Vec<Checked>) {
        self.decided_by = DecidingCheck::find(&checks);
        self.checks
            .extend(checks.into_iter().map(ExplainedCheck::Checked));
    }

    pub(super) fn approve(&mut self, amount: Amount, plan: Option<&Plan>) {
        self.approved = Some(amount);
        if let Some(plan) = plan {
            self.entries.clone_from(&plan.entries);
            self.hold = Some(ChangedHold::of_plan(plan));
        }
    }

    /// Notes the hold that keeps the decline for the limits that count it.
    pub(super) fn count_decline(&mut self, counted: Option<ChangedHold>) {
        self.counted = counted;
    }

    pub(super) fn decline(&mut self, reason: DeclineReason) {
        self.reason = Some(reason);
    }

    /// The decision's row and its event. The account is as it is after the decision.
    pub(super) fn finish(
        mut self,
        request: &AuthorizationRequest,
        account: Option<&Account>,
    ) -> (NewDecision, Event) {
        let response = self.render_response(request, account);
        self.decision.hold = self.hold.as_ref().map(|hold| hold.id.clone());
        let event = self.build_event(request, account);
        self.decision.outcome = if self.approved.is_some() {
            StoredOutcome::Approved
        } else {
            StoredOutcome::Declined
        };
        self.decision.reason = self.reason_text(request);
        self.decision.status = response.status;
        self.decision.response_body = response.body;
        self.decision.why = self.render_explanation(request, account);
        (self.decision, event)
    }

    fn render_response(
        &self,
        request: &AuthorizationRequest,
        account: Option<&Account>,
    ) -> StoredResponse {
        let reference = &self.decision.id;
        let mut authorization = match (self.approved, self.reason) {
            (Some(amount), _) => Authorization::approve(amount, reference),
            (None, reason) => {
                let reason = reason.unwrap_or(DeclineReason::TransactionNotPermitted);
                Authorization::decline(reason, reference)
            }
        };
        if request.action == Action::Inquiry && self.approved.is_some() {
            authorization.balances = Some(balances(account));
        }
        request.responder.respond(&authorization)
    }

    /// The processor's word for the reason of a decline.
    fn reason_text(&self, request: &AuthorizationRequest) -> Option<String> {
        let reason = self.reason?;
        Some(request.responder.reason_text(reason).to_owned())
    }

    fn build_event(&mut self, request: &AuthorizationRequest, account: Option<&Account>) -> Event {
        let mut payload = decided_payload(request, &self.decision);
        payload.rules = RULES.into();
        payload.controls = count_controls(account);
        payload.reason = self.reason_text(request);
        payload.because = self.reason.map(|reason| self.decided_by.because(reason));
        payload.decided_by = self.decided_by.check.clone();
        payload.control.clone_from(&self.decided_by.control);
        if let Some(amount) = self.approved {
            payload.outcome = Outcome::Approved;
            payload.approved_amount = request.text(amount);
        }
        if let Some(hold) = self.hold.take().or_else(|| self.counted.take()) {
            payload.hold = Some(hold.id.as_str().to_owned());
            payload.hold_after = Some(hold.after);
            payload.merged_holds = hold.merged;
        }
        let balance = balance(request, account).zip(request.currency);
        let balance = balance.map(|(balance, currency)| balance_after(currency, &balance));
        payload.balances.extend(balance);
        let event = NewEvent {
            id: uuid::Uuid::now_v7(),
            topic: Topic::Authorizations,
            account: &request.account,
            token: Some(request.token.as_str()),
            hold: self.decision.hold.as_ref(),
            payload: &payload,
            entries: std::mem::take(&mut self.entries),
            at: self.timing.now,
        };
        event.build()
    }

    /// Every check with its inputs, the balance before and after, and the time each stage took.
    fn render_explanation(
        &mut self,
        request: &AuthorizationRequest,
        account: Option<&Account>,
    ) -> String {
        let micros = |duration: Duration| u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        let Timing {
            began,
            locked,
            read,
            ..
        } = self.timing;
        let explanation = Explanation {
            checks: std::mem::take(&mut self.checks),
            before: shown(request, self.before),
            after: shown(request, balance(request, account)),
            controls: count_controls(account),
            us: [
                micros(self.waited),
                micros(locked.saturating_duration_since(began)),
                micros(read.saturating_duration_since(locked)),
                micros(self.started.elapsed()),
            ],
        };
        render_json(&explanation)
    }
}

/// The event of a request that the timeout policy answered.
fn not_decided_event(
    request: &AuthorizationRequest,
    decision: &NewDecision,
    policy: TimeoutPolicy,
) -> Event {
    let payload = holdfast_events::Authorization {
        outcome: Outcome::NotDecided,
        policy: Some(policy.name().to_owned()),
        ..decided_payload(request, decision)
    };
    let event = NewEvent {
        id: uuid::Uuid::now_v7(),
        topic: Topic::Authorizations,
        account: &request.account,
        token: Some(request.token.as_str()),
        hold: None,
        payload: &payload,
        entries: Vec::new(),
        at: decision.decided,
    };
    event.build()
}

/// What the event of every response says: the request, the decision's name and its times.
fn decided_payload(
    request: &AuthorizationRequest,
    decision: &NewDecision,
) -> holdfast_events::Authorization {
    let mut payload = request.event.clone();
    payload.decision.clone_from(&decision.id);
    payload.received_at = moment::text(decision.received);
    payload.decided_at = moment::text(decision.decided);
    payload
}

/// Version of the controls that the account is kept by; 0 where there are none.
fn count_controls(account: Option<&Account>) -> i64 {
    account.map_or(0, |account| account.controls.version)
}

fn blank_decision(prepared: &PreparedRequest, id: String, now: Moment) -> NewDecision {
    NewDecision {
        id,
        token: prepared.request.token.clone(),
        account: prepared.request.account.clone(),
        content_hash: prepared.request.content_hash,
        outcome: StoredOutcome::Declined,
        reason: None,
        status: 0,
        response_body: String::new(),
        hold: None,
        request: prepared.request.summary.clone(),
        why: "{}".to_owned(),
        rules: RULES,
        received: prepared.received,
        decided: now,
    }
}
