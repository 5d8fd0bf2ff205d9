//! The bench: decides the requests of a batch one after another, in memory, and collects what is to be
//! written. Order of questions (interface section 3): was it answered before; has Marqeta already told
//! its outcome; then the checks of `holdfast_decision`.

mod purchase;
mod ruling;

use super::paper::{Paper, Timing};
use super::ticket::{Reply, Ticket};
use crate::answer::Answer;
use crate::lanes::batch::Outcome;
use holdfast_funding::clock::now;
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::book::Account;
use ruling::Ruling;

use holdfast_ledger::token::{AccountToken, TransactionToken};
use holdfast_marqeta::{DeclineReason, JitRequest};
use holdfast_store::alert::NewAlert;
use holdfast_store::decision::{NewCard, NewDecision};
use holdfast_store::journal::Event;
use holdfast_store::program::ProgramSettings;
use holdfast_store::unit::Known;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// A batch being decided.
pub(super) struct Bench<'a> {
    known: Known,
    mine: BTreeSet<AccountToken>,
    program: &'a ProgramSettings,
    timing: Timing,
    /// Where in `decisions` the answer to a transaction is, so that the same request twice in this batch is
    /// answered the same.
    given: BTreeMap<TransactionToken, usize>,
    cards: BTreeSet<NewCard>,
    alerts: Vec<NewAlert>,
    events: Vec<Event>,
    decisions: Vec<NewDecision>,
    /// Places of the requests that were decided, each with its place in `decisions`.
    decided: Vec<(usize, usize)>,
    replies: Vec<Option<Reply>>,
}

impl<'a> Bench<'a> {
    /// A bench for so many requests. `began` and `locked` are when the batch began and had its locks.
    pub(super) fn new(
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
            decided: Vec::with_capacity(requests),
            replies: std::iter::repeat_with(|| None).take(requests).collect(),
        }
    }

    fn reply(&mut self, place: usize, reply: Reply) {
        if let Some(waiting) = self.replies.get_mut(place) {
            *waiting = Some(reply);
        }
    }

    /// Keeps a decision; returns its place.
    fn keep(&mut self, decision: NewDecision) -> usize {
        let place = self.decisions.len();
        self.given.insert(decision.token.clone(), place);
        self.decisions.push(decision);
        place
    }

    /// Decides one request, or leaves it without a reply when its account is locked by somebody else.
    pub(super) fn take(&mut self, place: usize, ticket: &Ticket) {
        let account = &ticket.request.account;
        if let Some(answer) = self.answered_before(ticket) {
            self.reply(place, Reply::Stored(answer));
        } else if ticket.is_late() {
            self.record_late(place, ticket);
        } else if !self.known.accounts.contains_key(account) || self.mine.contains(account) {
            self.rule(place, ticket);
        }
    }

    /// The first answer again, byte for byte; or a refusal when the same token comes with another
    /// content or under another account. Neither changes anything.
    fn answered_before(&mut self, ticket: &Ticket) -> Option<Answer> {
        let request = &ticket.request;
        let content = &ticket.prepared.content_hash;
        let given = self.given.get(&request.token);
        if let Some(first) = given.and_then(|place| self.decisions.get(*place)) {
            if first.content_hash == *content && first.account == request.account {
                return Some(Answer::of(first.status, &first.answer));
            }
        } else {
            let stored = self.known.decisions.get(&request.token)?;
            let own = stored
                .iter()
                .find(|decision| decision.account == request.account);
            if let Some(own) = own.filter(|own| own.is_for(content)) {
                return Some(Answer::of(own.status, &own.answer));
            }
        }
        self.alert(
            request,
            AlertKind::DuplicateTransaction,
            "the token was used before with another content",
        );
        let declined = Paper::decline(request, DeclineReason::DuplicateTransaction, "duplicate");
        Some(declined)
    }

    /// The door has answered by the timeout policy, or is about to: that answer is kept, and the money
    /// is not looked at.
    fn record_late(&mut self, place: usize, ticket: &Ticket) {
        // From here on the door alone answers: a commit must not follow.
        if !ticket.claim.give_up() {
            self.reply(place, Reply::Unknown);
            return;
        }
        let answer = crate::jit::out_of_time(&ticket.request, self.program.timeout_policy);
        self.keep(Paper::late(ticket, answer, self.timing.now));
        self.reply(place, Reply::Undecided);
    }

    fn rule(&mut self, place: usize, ticket: &Ticket) {
        let request = &ticket.request;
        let account = self.known.accounts.get(&request.account);
        let mut paper = Paper::begin(ticket, self.timing, account);
        let notified = self.notified(request);
        let ruling = match notified {
            Some(outcome) => self.follow(ticket, outcome, &mut paper),
            None => self.check(ticket, &mut paper),
        };
        self.note_card(request, &ruling);
        if let Ruling::Approved(amount, plan) = &ruling {
            paper.approve(*amount, plan.as_deref());
        }
        if let Ruling::Approved(_, Some(plan)) = ruling {
            if let Some(account) = self.known.accounts.get_mut(&request.account) {
                account.enact(*plan);
            }
        } else if let Ruling::Declined(reason) = ruling {
            paper.refuse(reason);
        }
        let filed = paper.file(request, self.known.accounts.get(&request.account));
        self.events.push(filed.event);
        let kept = self.keep(filed.decision);
        self.decided.push((place, kept));
    }

    fn alert(&mut self, request: &JitRequest, kind: AlertKind, detail: &str) {
        self.alerts.push(NewAlert {
            kind,
            account: Some(request.account.clone()),
            token: Some(request.token.as_str().to_owned()),
            transaction_type: Some(request.transaction_type.clone()),
            state: Some(request.state.as_str().to_owned()),
            amounts: None,
            detail: detail.to_owned(),
            at: self.timing.now,
        });
    }

    /// Is there nothing to commit?
    pub(super) fn changes_nothing(&self) -> bool {
        self.decisions.is_empty() && self.alerts.is_empty()
    }

    /// Places of the requests that were decided, and whose answer waits for the commit.
    pub(super) fn decided(&self) -> impl Iterator<Item = usize> {
        self.decided.iter().map(|(place, _)| *place)
    }

    pub(super) fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.mine
            .iter()
            .filter_map(|token| self.known.accounts.get(token))
    }

    pub(super) fn decisions(&self) -> &[NewDecision] {
        &self.decisions
    }

    pub(super) fn cards(&self) -> &BTreeSet<NewCard> {
        &self.cards
    }

    pub(super) fn alerts(&self) -> &[NewAlert] {
        &self.alerts
    }

    pub(super) fn events(&self) -> &[Event] {
        &self.events
    }

    /// What each request is told, once what was decided is committed.
    pub(super) fn close(mut self) -> Outcome {
        for (place, kept) in std::mem::take(&mut self.decided) {
            if let Some(decision) = self.decisions.get_mut(kept) {
                let body = std::mem::take(&mut decision.answer);
                let status = decision.status;
                self.reply(place, Reply::Stored(Answer { status, body }));
            }
        }
        Outcome {
            replies: self.replies,
            _known: self.known,
        }
    }
}
