//! A story being played: one account, one merchant, one purchase.

use std::sync::atomic::Ordering;
use std::time::Duration;

use rust_decimal::Decimal;
use time::OffsetDateTime;

use super::clock::StoryClock;
use super::purse::{Purse, part};
use super::{Act, Mark, Pace, Stage, Step, Story, wording};
use crate::{
    Event, Heard, JitOutcome, Kind, Merchant, Notice, Outcome, Random, SimAccount, Transaction,
};

/// One story with its cast and how far it got.
#[derive(Debug)]
pub(crate) struct Tale {
    story: &'static Story,
    account: SimAccount,
    merchant: &'static Merchant,
    random: Random,
    clock: StoryClock,
    purse: Purse,
    last: Option<Transaction>,
    groups: Vec<String>,
}

impl Tale {
    pub(crate) fn new(
        story: &'static Story,
        account: SimAccount,
        mut random: Random,
        begins: OffsetDateTime,
    ) -> Self {
        let merchants = story.trade.merchants();
        let merchant = random.pick(merchants).unwrap_or(&merchants[0]);
        let (low, high) = story.base_cents;
        let purse = Purse::new(account.currency, random.between(low, high));
        let clock = StoryClock::starting(begins);
        Self {
            story,
            account,
            merchant,
            random,
            clock,
            purse,
            last: None,
            groups: Vec::new(),
        }
    }

    /// Plays the story to its end, or until it is cut.
    pub(crate) async fn play(mut self, stage: &Stage) {
        for step in self.story.steps {
            if stage.pace.cut.is_cancelled() || !self.step(stage, *step).await {
                break;
            }
        }
        self.groups
            .iter()
            .for_each(|group| stage.expected.over(group));
    }

    /// Plays one step; `false` ends the story.
    async fn step(&mut self, stage: &Stage, step: Step) -> bool {
        match step {
            Step::Ask(act) => self.ask(stage, act).await,
            Step::Tell(act) => {
                self.tell(stage, act);
                true
            }
            Step::Minutes(minutes) => self.wait(&stage.pace, minutes).await,
            Step::Days(days) => self.wait(&stage.pace, days.saturating_mul(1440)).await,
        }
    }

    async fn wait(&mut self, pace: &Pace, minutes: u32) -> bool {
        self.clock.pass(minutes);
        let nap = tokio::time::sleep(pace.day * minutes / 1440);
        pace.hurry.run_until_cancelled(nap).await;
        true
    }

    /// Asks, and tells what followed from the answer.
    async fn ask(&mut self, stage: &Stage, act: Act) -> bool {
        let Some(message) = self.make(stage, act) else {
            return true;
        };
        let real = stage.door.ask(&message).await;
        stage.stats.heard(&real);
        let outcome = if act.mark == Mark::GivesUp {
            given_up(stage, real)
        } else {
            real
        };
        stage.expected.heard(&message, &outcome);
        self.say(stage, wording::asked(&message, &outcome));
        let outcome = Outcome::after(&message, outcome);
        let goes_on = !outcome.state.failed() || !message.kind.opens();
        self.notify(stage, message, &outcome);
        goes_on
    }

    /// Tells without asking.
    fn tell(&mut self, stage: &Stage, act: Act) {
        let Some(message) = self.make(stage, act) else {
            return;
        };
        self.say(stage, wording::told(&message, self.purse.rest()));
        let outcome = Outcome::unasked(&message);
        self.notify(stage, message, &outcome);
    }

    /// Queues notification and twin, and remembers what came through.
    fn notify(&mut self, stage: &Stage, message: Transaction, outcome: &Outcome) {
        for notice in [
            Notice::of(&message, outcome),
            Notice::twin_of(&message, outcome),
        ] {
            stage.expected.promised(&notice);
            stage.stats.told();
            stage.network.tell(notice);
        }
        if !outcome.state.failed() {
            self.purse.record(message.kind, outcome.amount);
            if message.kind != Kind::Refund {
                self.last = Some(message);
            }
        }
    }

    /// The message of an act; none when there is nothing left to say.
    fn make(&mut self, stage: &Stage, act: Act) -> Option<Transaction> {
        let amount = self.purse.amount(act.sum);
        if amount <= Decimal::ZERO {
            return None;
        }
        let created = self.clock.next(&mut self.random);
        let mut message = if act.kind.opens() {
            let (account, merchant) = (&self.account, self.merchant);
            Transaction::opening(
                act.kind,
                account,
                merchant,
                amount,
                created,
                &mut self.random,
            )
        } else {
            self.last
                .as_ref()?
                .followed_by(act.kind, amount, created, &mut self.random)
        };
        self.mark(&mut message, act.mark);
        if act.kind.opens() {
            self.groups.push(message.links.group.clone());
        }
        stage.expected.made(&message);
        Some(message)
    }

    fn mark(&self, message: &mut Transaction, mark: Mark) {
        let left = (self.purse.rest() - message.amount).max(Decimal::ZERO);
        let marks = &mut message.marks;
        match mark {
            Mark::Plain | Mark::GivesUp => {}
            Mark::Preauthorization => marks.preauthorization = true,
            Mark::StandIn => marks.stand_in = true,
            Mark::CashBack(percent) => {
                marks.cash_back = Some(self.account.currency.cut(part(message.amount, percent)));
            }
            Mark::Part(number, count) => marks.part = Some((number, count)),
            Mark::LastPart(number, count) => {
                marks.part = Some((number, count));
                marks.final_release = Some(left);
            }
        }
        if message.kind == Kind::Advice {
            message.marks.dropped = Some(left);
        }
    }

    fn say(&self, stage: &Stage, text: String) {
        // Nobody may be watching; then it is said to nobody.
        let _ = stage.events.send(Event {
            story: self.story.name,
            text,
        });
    }
}

/// An answer that came too late to count, whatever it was.
fn given_up(stage: &Stage, real: JitOutcome) -> JitOutcome {
    stage.stats.gave_up.fetch_add(1, Ordering::Relaxed);
    let latency = real.latency + Duration::from_millis(3001);
    JitOutcome {
        heard: Heard::Timeout,
        latency,
        asked: real.asked,
        answer: None,
    }
}
