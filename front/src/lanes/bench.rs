//! The bench: decides the requests of a batch one after another, in memory, and collects what is to be
//! written. Order of questions (interface section 3): was it answered before; has Marqeta already told
//! its outcome; then the checks of `holdfast_decision`.

use super::paper::{Paper, Timing};
use super::ticket::{Reply, Ticket};
use crate::answer::Answer;
use crate::lanes::lane::Replies;
use crate::lanes::{DecidedBatch, now};
use holdfast_decision::case::{Card, Effect};
use holdfast_decision::{Case, Refusal, decide};
use holdfast_ledger::book::{Account, Plan};
use holdfast_ledger::fact::{Message, State};
use holdfast_ledger::money::Amount;

use holdfast_ledger::token::{AccountToken, HoldId, TransactionToken};
use holdfast_store::alert::NewAlert;
use holdfast_store::card::CardState;
use holdfast_store::decision::{NewCard, NewDecision};
use holdfast_store::journal::Event;
use holdfast_store::program::ProgramSettings;
use holdfast_store::unit::Known;
use holdfast_wire::{Action, DeclineReason, JitRequest, Notification, action, request_message};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// A batch being decided.
pub(super) struct Bench<'a> {
    known: Known,
    mine: BTreeSet<AccountToken>,
    program: &'a ProgramSettings,
    timing: Timing,
    /// Answers given in this batch, so that the same request twice in it is answered the same.
    given: BTreeMap<TransactionToken, ([u8; 32], AccountToken, Answer)>,
    cards: BTreeSet<NewCard>,
    alerts: Vec<NewAlert>,
    events: Vec<Event>,
    decisions: Vec<NewDecision>,
    decided: Vec<usize>,
    replies: Replies,
}

/// What has been decided about one request.
pub(super) enum Ruling {
    /// Approved for this amount, with the change that it makes to the books, if any.
    Approved(Amount, Option<Box<Plan>>),
    /// Declined.
    Declined(DeclineReason),
}

impl<'a> Bench<'a> {
    pub(super) fn new(
        known: Known,
        mine: BTreeSet<AccountToken>,
        program: &'a ProgramSettings,
        began: Instant,
        locked: Instant,
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
            events: Vec::new(),
            decisions: Vec::new(),
            decided: Vec::new(),
            replies: Replies::new(),
        }
    }

    /// Decides one request, or leaves it without a reply when its account is locked by somebody else.
    pub(super) fn take(&mut self, place: usize, ticket: &Ticket) {
        let account = &ticket.request.account;
        if let Some(answer) = self.answered_before(ticket) {
            self.replies.insert(place, Reply::Stored(answer));
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
        if let Some((content, account, answer)) = self.given.get(&request.token) {
            if *content == ticket.content_hash && *account == request.account {
                return Some(answer.clone());
            }
        } else {
            let stored = self.known.decisions.get(&request.token)?;
            let own = stored
                .iter()
                .find(|decision| decision.account == request.account);
            if let Some(own) = own.filter(|own| own.is_for(&ticket.content_hash)) {
                return Some(Answer {
                    status: own.status,
                    body: own.answer.clone(),
                });
            }
        }
        self.alert(
            request,
            "duplicate_transaction",
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
            self.replies.insert(place, Reply::Unknown);
            return;
        }
        let answer = crate::jit::out_of_time(&ticket.request, self.program.timeout_policy);
        self.given.insert(
            ticket.request.token.clone(),
            (
                ticket.content_hash,
                ticket.request.account.clone(),
                answer.clone(),
            ),
        );
        self.decisions
            .push(Paper::late(ticket, answer, self.timing.now));
        self.replies.insert(place, Reply::Undecided);
    }

    fn rule(&mut self, place: usize, ticket: &Ticket) {
        let request = &ticket.request;
        let mut paper = Paper::begin(ticket, self.timing);
        let notified = self.notified(request);
        let ruling = match notified {
            Some(outcome) => self.follow(request, outcome, &mut paper),
            None => self.check(request, &mut paper),
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
        self.given.insert(
            request.token.clone(),
            (
                ticket.content_hash,
                request.account.clone(),
                filed.answer.clone(),
            ),
        );
        self.decisions.push(filed.decision);
        self.events.push(filed.event);
        self.replies.insert(place, Reply::Stored(filed.answer));
        self.decided.push(place);
    }

    /// What Marqeta has already told of this very transaction: stand-in was faster than its request.
    fn notified(&self, request: &JitRequest) -> Option<Notification> {
        let known = self.known.notifications.get(&request.token)?;
        let own = known
            .iter()
            .filter(|notification| notification.account == request.account);
        let outcome = own.filter_map(|stored| Notification::parse(&stored.raw).ok());
        outcome.max_by_key(|told| {
            holdfast_ledger::fact::Source::Notified(told.state.clone()).precedence()
        })
    }

    /// The answer follows the notification, with the smaller of the two amounts; nothing is checked.
    fn follow(&self, request: &JitRequest, told: Notification, paper: &mut Paper) -> Ruling {
        paper.note("notified", "state", told.state.as_str());
        if told.is_failed() || matches!(told.state, State::Other(_)) {
            return Ruling::Declined(DeclineReason::BlockedByIssuer);
        }
        let amount = told
            .jit_amount
            .or(told.amount)
            .unwrap_or(request.amount)
            .min(request.amount);
        let message = request_message(request).map(|mut message| {
            message.fact.amount = amount;
            message
        });
        match (
            action(request),
            message,
            self.known.accounts.get(&request.account),
        ) {
            (Action::Inquiry | Action::Verify, None, _) | (_, _, None) => {
                Ruling::Approved(amount, None)
            }
            (_, Some(message), Some(account)) => match self.plan(account, request, &message) {
                Some(plan) => Ruling::Approved(amount, Some(Box::new(plan))),
                None => Ruling::Declined(DeclineReason::BlockedByIssuer),
            },
            (_, None, Some(_)) => Ruling::Approved(amount, None),
        }
    }

    fn check(&mut self, request: &JitRequest, paper: &mut Paper) -> Ruling {
        let action = action(request);
        let account = self.known.accounts.get(&request.account);
        let message = request_message(request);
        let plan = match (account, &message) {
            (Some(account), Some(message)) => self.plan(account, request, message),
            _ => None,
        };
        let case = Case {
            account,
            card: self.card(request),
            method: &request.method,
            effect: effect(action),
            currency_code: &request.currency_code,
            currency: request.currency,
            amount: request.amount,
            plan: plan.as_ref(),
        };
        let decision = decide(&case);
        paper.checks(&decision.checks);
        match decision.refusal {
            None => Ruling::Approved(request.amount, plan.map(Box::new)),
            Some(refusal) => {
                if refusal == Refusal::UnknownMethod {
                    self.alert(
                        request,
                        "unknown_method",
                        "a request was declined: its type or method is unknown",
                    );
                }
                Ruling::Declined(super::paper::reason(refusal))
            }
        }
    }

    /// What an approval would change; `None` where amounts add up beyond what is exact.
    fn plan(&self, account: &Account, request: &JitRequest, message: &Message) -> Option<Plan> {
        let id = HoldId::numbered("h-", uuid::Uuid::now_v7().as_u128());
        let policy = self.program.policy(request.merchant.mcc.as_deref());
        account.plan(message, &id, policy, self.timing.now).ok()
    }

    fn card(&self, request: &JitRequest) -> Card {
        let Some(token) = &request.card else {
            return Card::None;
        };
        let rows = self.known.cards.get(token).map_or(&[][..], Vec::as_slice);
        let own = rows.iter().find(|card| card.account == request.account);
        let registered = self.cards.iter().find(|card| card.token == *token);
        match (own, registered) {
            (Some(card), _) => Card::Own {
                active: card.effective() == CardState::Active,
            },
            (None, _) if !rows.is_empty() => Card::Foreign,
            (None, Some(card)) if card.account != request.account => Card::Foreign,
            (None, Some(_)) => Card::Own { active: true },
            (None, None) => Card::New,
        }
    }

    /// A valid request for an account that exists registers its card the first time it is seen.
    fn note_card(&mut self, request: &JitRequest, ruling: &Ruling) {
        let known = self.known.accounts.contains_key(&request.account);
        let foreign = matches!(ruling, Ruling::Declined(DeclineReason::InvalidCard));
        if let Some(token) = &request.card
            && known
            && !foreign
            && self.card(request) == Card::New
        {
            self.cards.insert(NewCard {
                account: request.account.clone(),
                token: token.clone(),
            });
        }
    }

    fn alert(&mut self, request: &JitRequest, kind: &'static str, detail: &str) {
        tracing::warn!(kind, transaction.token = %request.token, account.token = %request.account, "Alert: {detail}");
        self.alerts.push(NewAlert {
            kind,
            account: Some(request.account.clone()),
            token: Some(request.token.as_str().to_owned()),
            detail: detail.to_owned(),
            at: self.timing.now,
        });
    }

    /// What is to be committed, for whoever counts it.
    pub(super) fn batch(&self) -> DecidedBatch<'_> {
        DecidedBatch {
            decisions: &self.decisions,
            alerts: &self.alerts,
        }
    }

    /// Is there nothing to commit?
    pub(super) fn changes_nothing(&self) -> bool {
        self.decisions.is_empty() && self.alerts.is_empty()
    }

    /// Places of the requests that were decided, and whose answer waits for the commit.
    pub(super) fn decided(&self) -> impl Iterator<Item = usize> {
        self.decided.iter().copied()
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

    pub(super) fn replies(self) -> Replies {
        self.replies
    }
}

fn effect(action: Action) -> Effect {
    match action {
        Action::Hold
        | Action::Increment
        | Action::Debit
        | Action::Credit
        | Action::PendingCredit => Effect::Books,
        // A verification places an empty hold, so that what follows it finds it.
        Action::Verify => Effect::Books,
        Action::Inquiry => Effect::Nothing,
        Action::Unknown => Effect::Unknown,
    }
}
