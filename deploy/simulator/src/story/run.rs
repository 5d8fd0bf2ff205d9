//! A running story: one account, one merchant, one purchase.

use std::sync::atomic::Ordering;
use std::time::Duration;

use rust_decimal::Decimal;
use time::OffsetDateTime;

use super::amounts::{StoryAmounts, percentage_of};
use super::clock::StoryClock;
use super::{Mark, Story, StoryMessage, StoryStep, StoryTimer, TrafficContext, description};
use crate::{
    Event, JitExchange, JitResponse, Merchant, MessageKind, MessageOutcome, Notification, Random,
    SimAccount, Transaction,
};

/// One story with its account, its merchant and its state.
#[derive(Debug)]
pub(crate) struct StoryRun {
    story: &'static Story,
    account: SimAccount,
    merchant: &'static Merchant,
    random: Random,
    clock: StoryClock,
    amounts: StoryAmounts,
    last: Option<Transaction>,
    groups: Vec<String>,
}

impl StoryRun {
    pub(crate) fn new(
        story: &'static Story,
        account: SimAccount,
        mut random: Random,
        starts: OffsetDateTime,
    ) -> Self {
        let merchants = story.trade.merchants();
        let merchant = random.pick(merchants).unwrap_or(&merchants[0]);
        let (low, high) = story.base_cents;
        let amounts = StoryAmounts::new(account.currency, random.between(low, high));
        let clock = StoryClock::starting_at(starts);
        Self {
            story,
            account,
            merchant,
            random,
            clock,
            amounts,
            last: None,
            groups: Vec::new(),
        }
    }

    /// Plays the story to its end, or until it is cut.
    pub(crate) async fn play(mut self, context: &TrafficContext) {
        for step in self.story.steps {
            if context.timer.cut.is_cancelled() || !self.play_step(context, *step).await {
                break;
            }
        }
        self.groups
            .iter()
            .for_each(|group| context.expected.close_group(group));
    }

    /// Plays one step; `false` ends the story.
    async fn play_step(&mut self, context: &TrafficContext, step: StoryStep) -> bool {
        match step {
            StoryStep::Request(message) => self.play_request(context, message).await,
            StoryStep::Notify(message) => {
                self.play_notification(context, message);
                true
            }
            StoryStep::Minutes(minutes) => self.wait_minutes(&context.timer, minutes).await,
            StoryStep::Days(days) => {
                self.wait_minutes(&context.timer, days.saturating_mul(1440))
                    .await
            }
        }
    }

    async fn wait_minutes(&mut self, timer: &StoryTimer, minutes: u32) -> bool {
        self.clock.advance(minutes);
        let sleep = tokio::time::sleep(timer.day * minutes / 1440);
        timer.hurry.run_until_cancelled(sleep).await;
        true
    }

    /// Sends the JIT request, then the notification. Returns whether the story continues.
    async fn play_request(&mut self, context: &TrafficContext, step: StoryMessage) -> bool {
        let Some(message) = self.create_message(context, step) else {
            return true;
        };
        let actual = context.front.request_authorization(&message).await;
        context.stats.count_exchange(&actual);
        let exchange = if step.mark == Mark::GivesUp {
            time_out(context, actual)
        } else {
            actual
        };
        context.expected.record_response(&message, &exchange);
        self.send_event(context, description::describe_exchange(&message, &exchange));
        let outcome = MessageOutcome::after(&message, exchange);
        let continues = !outcome.state.has_failed() || !message.kind.opens_group();
        self.queue_notifications(context, message, &outcome);
        continues
    }

    /// Sends a notification without a JIT request.
    fn play_notification(&mut self, context: &TrafficContext, step: StoryMessage) {
        let Some(message) = self.create_message(context, step) else {
            return;
        };
        self.send_event(
            context,
            description::describe_notification(&message, self.amounts.rest()),
        );
        let outcome = MessageOutcome::without_request(&message);
        self.queue_notifications(context, message, &outcome);
    }

    /// Queues the notification and its GPA transaction, and records a successful message.
    fn queue_notifications(
        &mut self,
        context: &TrafficContext,
        message: Transaction,
        outcome: &MessageOutcome,
    ) {
        for notification in [
            Notification::of(&message, outcome),
            Notification::of_gpa_transaction(&message, outcome),
        ] {
            context.expected.register_notification(&notification);
            context.stats.count_notification();
            context.network.queue(notification);
        }
        if !outcome.state.has_failed() {
            self.amounts.record(message.kind, outcome.amount);
            if message.kind != MessageKind::Refund {
                self.last = Some(message);
            }
        }
    }

    /// Creates the message of a step; `None` when its amount is zero or nothing precedes it.
    fn create_message(
        &mut self,
        context: &TrafficContext,
        step: StoryMessage,
    ) -> Option<Transaction> {
        let amount = self.amounts.compute(step.amount);
        if amount <= Decimal::ZERO {
            return None;
        }
        let created = self.clock.next_second(&mut self.random);
        let mut message = if step.kind.opens_group() {
            let (account, merchant) = (&self.account, self.merchant);
            Transaction::opening(
                step.kind,
                account,
                merchant,
                amount,
                created,
                &mut self.random,
            )
        } else {
            self.last
                .as_ref()?
                .followed_by(step.kind, amount, created, &mut self.random)
        };
        self.set_marks(&mut message, step.mark);
        if step.kind.opens_group() {
            self.groups.push(message.links.group.clone());
        }
        context.expected.register_message(&message);
        Some(message)
    }

    fn set_marks(&self, message: &mut Transaction, mark: Mark) {
        let left = (self.amounts.rest() - message.amount).max(Decimal::ZERO);
        let marks = &mut message.marks;
        match mark {
            Mark::Plain | Mark::GivesUp => {}
            Mark::Preauthorization => marks.preauthorization = true,
            Mark::StandIn => marks.stand_in = true,
            Mark::CashBack(percent) => {
                marks.cash_back = Some(
                    self.account
                        .currency
                        .truncate_amount(percentage_of(message.amount, percent)),
                );
            }
            Mark::Part(number, count) => marks.part = Some((number, count)),
            Mark::LastPart(number, count) => {
                marks.part = Some((number, count));
                marks.final_release = Some(left);
            }
        }
        if message.kind == MessageKind::Advice {
            message.marks.reduction = Some(left);
        }
    }

    fn send_event(&self, context: &TrafficContext, text: String) {
        // Without a receiver the event is dropped.
        let _ = context.events.send(Event {
            story: self.story.name,
            text,
        });
    }
}

/// Turns a response into a timeout, whatever it was.
fn time_out(context: &TrafficContext, actual: JitExchange) -> JitExchange {
    context.stats.gave_up.fetch_add(1, Ordering::Relaxed);
    let latency = actual.latency + Duration::from_millis(3001);
    JitExchange {
        response: JitResponse::Timeout,
        latency,
        requested: actual.requested,
        body: None,
    }
}
