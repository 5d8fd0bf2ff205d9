//! What is decided about one request: as a notification has it already, or by the checks.

use super::evaluated::Evaluated;
use super::purchase::{policy, purchase};
use super::record::DecisionRecord;
use super::{DecisionBatch, PreparedRequest};
use crate::adjustment::ChangedHold;
use crate::processor::{Action, AuthorizationRequest, CardMessage, Content, parse_normalised};
use holdfast_decision::case::{Card, Effect};
use holdfast_decision::{
    Case, DecisionOutcome, DeclineReason, Part, Refusal, Terms, decide_case, partial,
};
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::book::{Account, Plan};
use holdfast_ledger::control::ControlSet;
use holdfast_ledger::fact::{Message, Source, State};
use holdfast_ledger::money::Amount;
use holdfast_ledger::token::{CardToken, HoldId};
use holdfast_ledger::usage::Use;
use holdfast_store::card::{CardRow, CardState};
use holdfast_store::decision::NewCard;
use holdfast_store::program::ProductInquiry;

impl DecisionBatch<'_> {
    /// What a notification says of this very transaction: stand-in was faster than its request.
    pub(super) fn find_notified(&self, request: &AuthorizationRequest) -> Option<CardMessage> {
        let known = self.known.notifications.get(&request.token)?;
        let own = known
            .iter()
            .filter(|notification| notification.account == request.account);
        let messages = own.filter_map(|stored| match parse_normalised(&stored.message) {
            Content::CardMessage(message) => Some(*message),
            Content::Transition(_) | Content::Unreadable(_) => None,
        });
        messages.max_by_key(|notified| Source::Notified(notified.state.clone()).precedence())
    }

    /// The response follows the notification, with the smaller of the two amounts; nothing is checked.
    pub(super) fn follow_notification(
        &self,
        prepared: &PreparedRequest,
        notified: CardMessage,
        record: &mut DecisionRecord,
    ) -> Evaluated {
        let request = &prepared.request;
        record.note("notified", "state", notified.state.as_str());
        if notified.is_failed() || matches!(notified.state, State::Other(_)) {
            return Evaluated::Declined(DeclineReason::DeclinedElsewhere);
        }
        let amount = notified.amount.unwrap_or(request.amount);
        let amount = approved_amount(request.action, amount.min(request.amount));
        match (
            prepared.message_of(amount),
            self.known.accounts.get(&request.account),
        ) {
            (Some(message), Some(account)) => match self.plan(account, request, message) {
                Some(plan) => Evaluated::Approved(amount, Some(Box::new(plan))),
                None => Evaluated::Declined(DeclineReason::DeclinedElsewhere),
            },
            (None, _) | (_, None) => Evaluated::Approved(amount, None),
        }
    }

    pub(super) fn evaluate_checks(
        &mut self,
        prepared: &PreparedRequest,
        record: &mut DecisionRecord,
    ) -> Evaluated {
        let request = &prepared.request;
        let action = request.action;
        let account = self.known.accounts.get(&request.account);
        let plan = self.plan_of(prepared, request.amount);
        let spends = prepared.usage.as_ref();
        let none = ControlSet::default();
        let mut case = Case {
            account,
            honors_account_transitions: self.program.honor_account_transitions,
            card: self.card(request),
            method: &request.method,
            effect: self.effect(action),
            currency_code: &request.currency_code,
            currency: request.currency,
            amount: request.amount,
            plan: plan.as_ref(),
            spends,
            part: None,
            purchase: purchase(request, action, self.timing.now),
            controls: account.map_or(&none, |account| &account.controls),
            policy: policy(self.program),
        };
        let part = partial::offer_part(&case, &self.terms(request))
            .and_then(|amount| Some((amount, self.plan_of(prepared, amount)?)));
        case.part = part.as_ref().map(|(amount, plan)| Part {
            amount: *amount,
            plan,
        });
        let decision = decide_case(&case);
        record.checks(decision.checks);
        match decision.outcome {
            DecisionOutcome::Approved => {
                Evaluated::Approved(approved_amount(action, request.amount), plan.map(Box::new))
            }
            DecisionOutcome::Reduced(amount) => {
                Evaluated::Approved(amount, part.map(|(_, plan)| Box::new(plan)))
            }
            DecisionOutcome::Refused(refusal) => {
                record.count_decline(self.count_decline(prepared));
                self.decline_by_check(request, refusal)
            }
        }
    }

    /// Where a limit counts what was declined, a refusal is a fact like others: it uses that limit. Returns the hold
    /// that keeps it.
    fn count_decline(&mut self, prepared: &PreparedRequest) -> Option<ChangedHold> {
        let request = &prepared.request;
        let account = self.known.accounts.get(&request.account);
        let (account, spends) = account.zip(prepared.usage.as_ref())?;
        if !counts_refusals(account, spends) {
            return None;
        }
        let refused = prepared.message_of(request.amount).map(|mut message| {
            message.fact.source = Source::Refusal;
            message
        });
        let plan = refused.and_then(|message| self.plan(account, request, message));
        let (account, plan) = self.known.accounts.get_mut(&request.account).zip(plan)?;
        let counted = ChangedHold::of_plan(&plan);
        account.apply_plan(plan);
        Some(counted)
    }

    fn decline_by_check(&mut self, request: &AuthorizationRequest, refusal: Refusal) -> Evaluated {
        if refusal == Refusal::UnknownMethod {
            self.alert(
                request,
                AlertKind::UnknownMethod,
                "a request was declined: its type or method is unknown",
            );
        }
        Evaluated::Declined(refusal.decline_reason())
    }

    fn effect(&self, action: Action) -> Effect {
        match action {
            Action::Hold | Action::Debit => Effect::Purchase,
            Action::Increment | Action::Credit | Action::PendingCredit => Effect::Books,
            // A verification places an empty hold, so that what follows it finds it.
            Action::Verify => Effect::Books,
            Action::ProductInquiry if self.program.product_inquiry == ProductInquiry::Decline => {
                Effect::NotOffered
            }
            Action::Inquiry | Action::ProductInquiry => Effect::Nothing,
            Action::Unknown => Effect::Unknown,
        }
    }

    /// What program and terminal say about approving less than was asked for.
    fn terms(&self, request: &AuthorizationRequest) -> Terms {
        Terms {
            wanted: self.program.partial_approval,
            capable: request.partial_approval_capable,
            goods_alone: request.purchase_amount_only,
            cash_back: request.cash_back_amount,
            all_or_nothing: request.is_cash_withdrawal,
        }
    }

    /// What an approval of this amount would change; `None` when it would change nothing.
    fn plan_of(&self, prepared: &PreparedRequest, amount: Amount) -> Option<Plan> {
        let account = self.known.accounts.get(&prepared.request.account)?;
        self.plan(account, &prepared.request, prepared.message_of(amount)?)
    }

    /// What an approval would change; `None` where amounts add up beyond what is exact.
    fn plan(
        &self,
        account: &Account,
        request: &AuthorizationRequest,
        mut message: Message,
    ) -> Option<Plan> {
        let id = HoldId::numbered("h-", uuid::Uuid::now_v7().as_u128());
        let mcc = request.mcc.as_deref();
        self.program.stamp(
            &mut message,
            &request.transaction_type,
            mcc,
            &account.controls,
        );
        account
            .plan(&message, &id, self.program.policy(), self.timing.now)
            .ok()
    }

    fn card(&self, request: &AuthorizationRequest) -> Card {
        let Some(token) = &request.card else {
            return Card::None;
        };
        let rows = self.known.cards.get(token).map_or(&[][..], Vec::as_slice);
        let own = rows
            .iter()
            .find(|card| card.account.as_ref() == Some(&request.account));
        let registered = self.cards.iter().find(|card| card.token == *token);
        match (own, registered) {
            (Some(card), _) => Card::Own {
                active: card.effective() == CardState::Active,
            },
            (None, _) if rows.iter().any(CardRow::is_registered) => Card::OfAnotherAccount,
            (None, Some(card)) if card.account != request.account => Card::OfAnotherAccount,
            (None, Some(_)) => Card::Own {
                active: self.is_usable(token),
            },
            // A transition stopped it before its first request.
            (None, None) if !self.is_usable(token) => Card::Own { active: false },
            (None, None) => Card::New,
        }
    }

    /// Is an unregistered card active by its transitions?
    fn is_usable(&self, card: &CardToken) -> bool {
        let rows = self.known.cards.get(card).map_or(&[][..], Vec::as_slice);
        rows.iter()
            .all(|card| card.effective() == CardState::Active)
    }

    fn is_registered(&self, card: &CardToken) -> bool {
        self.known
            .cards
            .get(card)
            .is_some_and(|rows| rows.iter().any(CardRow::is_registered))
            || self.cards.iter().any(|new| new.token == *card)
    }

    /// A valid request for an account that exists registers its card the first time it is seen.
    pub(super) fn note_card(&mut self, request: &AuthorizationRequest, evaluated: &Evaluated) {
        let known = self.known.accounts.contains_key(&request.account);
        let is_of_other_account =
            matches!(evaluated, Evaluated::Declined(DeclineReason::InvalidCard));
        if let Some(token) = &request.card
            && known
            && !is_of_other_account
            && !self.is_registered(token)
        {
            self.cards.insert(NewCard {
                account: request.account.clone(),
                token: token.clone(),
            });
        }
    }
}

/// Is there a limit for this purchase that counts what was declined?
fn counts_refusals(account: &Account, spends: &Use) -> bool {
    let subject = spends.control_subject(&account.token);
    let mut limits = account.controls.velocity_for(subject);
    limits.any(|velocity| !velocity.control.approvals_only)
}

/// What an approval names: an inquiry is about no money, whatever amount it carries.
fn approved_amount(action: Action, amount: Amount) -> Amount {
    match action {
        Action::Inquiry | Action::ProductInquiry => Amount::ZERO,
        _ => amount,
    }
}
