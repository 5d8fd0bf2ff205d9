//! A batch of requests, decided one after another in memory. Order of questions (interface section 3): was it
//! answered before; has the processor already notified its outcome; then the checks of `holdfast_decision`.

use super::PreparedRequest;
use super::evaluated::Evaluated;
use super::record::{DecisionRecord, Timing};
use super::response::decline;
use crate::alerts::build_alert;
use crate::clock::now;
use crate::processor::{AuthorizationRequest, Finding, StoredResponse};
use holdfast_decision::DeclineReason;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::book::Account;
use holdfast_ledger::token::{AccountToken, TransactionToken};
use holdfast_store::StoreError;
use holdfast_store::alert::NewAlert;
use holdfast_store::decision::{NewCard, NewDecision, StoredOutcome};
use holdfast_store::journal::Event;
use holdfast_store::notification::NotificationKey;
use holdfast_store::program::ProgramSettings;
use holdfast_store::unit::{Known, Unit};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// The response that a token has already.
#[derive(Debug)]
pub struct FirstResponse {
    /// What was decided; a token that was used with another content is declined.
    pub outcome: StoredOutcome,
    /// Status and body.
    pub response: StoredResponse,
}

impl FirstResponse {
    fn new(outcome: StoredOutcome, status: u16, body: &str) -> Self {
        let body = body.to_owned();
        Self {
            outcome,
            response: StoredResponse { status, body },
        }
    }
}

/// Requests that are decided in one database transaction.
#[derive(Debug)]
pub struct DecisionBatch<'a> {
    pub(super) known: Known,
    pub(super) mine: BTreeSet<AccountToken>,
    pub(super) program: &'a ProgramSettings,
    pub(super) timing: Timing,
    /// Where in `decisions` the response to a transaction is, so that the same request twice in this batch is
    /// answered the same.
    given: BTreeMap<TransactionToken, usize>,
    pub(super) cards: BTreeSet<NewCard>,
    pub(super) alerts: Vec<NewAlert>,
    events: Vec<Event>,
    decisions: Vec<NewDecision>,
}

impl<'a> DecisionBatch<'a> {
    /// A batch of about so many requests, on what was read of the locked accounts `mine`. `began` and `locked` are
    /// when the batch began and had its locks.
    #[must_use]
    pub fn new(
        known: Known,
        mine: BTreeSet<AccountToken>,
        requests: usize,
        program: &'a ProgramSettings,
        (began, locked): (Instant, Instant),
    ) -> Self {
        let timing = Timing {
            began,
            locked,
            read: Instant::now(),
            now: now(),
        };
        Self {
            known,
            mine,
            program,
            timing,
            given: BTreeMap::new(),
            cards: BTreeSet::new(),
            alerts: Vec::new(),
            events: Vec::with_capacity(requests),
            decisions: Vec::with_capacity(requests),
        }
    }

    /// Keeps a decision; returns its place.
    fn keep(&mut self, decision: NewDecision) -> usize {
        let place = self.decisions.len();
        self.given.insert(decision.token.clone(), place);
        self.decisions.push(decision);
        place
    }

    /// The first response again, byte for byte; or a decline when the same token comes with another content or
    /// under another account. Neither changes anything. `None` where the token is new.
    pub fn find_first_response(&mut self, prepared: &PreparedRequest) -> Option<FirstResponse> {
        let request = &prepared.request;
        let content = &request.content_hash;
        let given = self.given.get(&request.token);
        if let Some(first) = given.and_then(|place| self.decisions.get(*place)) {
            if first.content_hash == *content && first.account == request.account {
                return Some(FirstResponse::new(
                    first.outcome,
                    first.status,
                    &first.response_body,
                ));
            }
        } else {
            let stored = self.known.decisions.get(&request.token)?;
            let own = stored
                .iter()
                .find(|decision| decision.account == request.account);
            if let Some(own) = own.filter(|own| own.is_for(content)) {
                return Some(FirstResponse::new(
                    own.outcome,
                    own.status,
                    &own.response_body,
                ));
            }
        }
        self.alert(
            request,
            AlertKind::DuplicateTransaction,
            "the token was used before with another content",
        );
        let reason = DeclineReason::DuplicateTransaction;
        Some(FirstResponse {
            outcome: StoredOutcome::Declined,
            response: decline(request, reason, "duplicate"),
        })
    }

    /// Records the response of the timeout policy, which has been sent; the money is not looked at.
    pub fn record_out_of_time(&mut self, prepared: &PreparedRequest, response: StoredResponse) {
        let policy = self.program.timeout_policy;
        let (decision, event) =
            DecisionRecord::out_of_time(prepared, response, policy, self.timing.now);
        self.events.push(event);
        self.keep(decision);
    }

    /// Decides one request that has no response yet. Returns its number among the batch's decisions; `None` when
    /// another transaction has locked its account.
    pub fn authorize(&mut self, prepared: &PreparedRequest) -> Option<usize> {
        let request = &prepared.request;
        let is_known = self.known.accounts.contains_key(&request.account);
        if is_known && !self.mine.contains(&request.account) {
            return None;
        }
        let account = self.known.accounts.get(&request.account);
        let mut record = DecisionRecord::begin(prepared, self.timing, account);
        let evaluated = match self.find_notified(request) {
            Some(outcome) => self.follow_notification(prepared, outcome, &mut record),
            None => self.evaluate_checks(prepared, &mut record),
        };
        self.note_card(request, &evaluated);
        match evaluated {
            Evaluated::Approved(amount, plan) => {
                record.approve(amount, plan.as_deref());
                let account = self.known.accounts.get_mut(&request.account);
                if let Some((account, plan)) = account.zip(plan) {
                    account.apply_plan(*plan);
                }
            }
            Evaluated::Declined(reason) => record.decline(reason),
        }
        let (decision, event) = record.finish(request, self.known.accounts.get(&request.account));
        self.events.push(event);
        Some(self.keep(decision))
    }

    pub(super) fn alert(&mut self, request: &AuthorizationRequest, kind: AlertKind, detail: &str) {
        let key = NotificationKey {
            account: request.account.clone(),
            token: request.token.clone(),
            state: request.state.as_str().to_owned(),
        };
        let transaction_type = Some(request.transaction_type.clone());
        let finding = Finding::new(kind, detail.to_owned());
        let alert = build_alert(&key, transaction_type, finding, self.timing.now);
        self.alerts.push(alert);
    }

    /// Is there nothing to commit?
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        self.decisions.is_empty() && self.alerts.is_empty()
    }

    /// The decisions so far.
    #[must_use]
    pub fn decisions(&self) -> &[NewDecision] {
        &self.decisions
    }

    /// The alerts so far; they are reported after the commit.
    #[must_use]
    pub fn alerts(&self) -> &[NewAlert] {
        &self.alerts
    }

    /// Takes the response of a decision out, once it is committed.
    pub fn take_response(&mut self, number: usize) -> Option<StoredResponse> {
        let decision = self.decisions.get_mut(number)?;
        Some(StoredResponse {
            status: decision.status,
            body: std::mem::take(&mut decision.response_body),
        })
    }

    /// What the batch was decided on, to be dropped once the responses are sent: freeing it takes a while.
    #[must_use]
    pub fn into_snapshot(self) -> Known {
        self.known
    }

    /// Writes cards, books, decisions and alerts; all but the events.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn write(&self, unit: &mut Unit) -> Result<(), StoreError> {
        let accounts = self.mine.iter();
        let accounts = accounts.filter_map(|token| self.known.accounts.get(token));
        unit.register_cards(&self.cards).await?;
        unit.write_decided(accounts.collect::<Vec<&Account>>(), &self.decisions)
            .await?;
        unit.raise_alerts(&self.alerts).await
    }

    /// Appends the events: the last statement before COMMIT.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn append_events(&self, unit: &mut Unit) -> Result<(), StoreError> {
        unit.append_events(&self.events).await
    }
}
