//! Do all spending limits leave room for it? Limits are looked at from the widest (program, card product)
//! to the narrowest (account, card), by name among equals, the amount before the count; the first that
//! is exceeded gives the reason. What counts is what an approval would change: of a purchase whose clearing
//! came first nothing more is used.

use super::{CheckInfo, CheckResult, Input, Verdict, nothing_said};
use crate::case::Case;
use crate::refusal::Refusal;
use holdfast_ledger::book::Account;
use holdfast_ledger::control::{ControlSet, Period, Velocity, Window};
use holdfast_ledger::money::{Overflow, Signed};
use holdfast_ledger::usage::{Moved, Sum, Use};

pub(super) const INFO: CheckInfo = CheckInfo {
    title: "Spending limits",
    about: "Does every velocity control that is for the program, the card's product, the account or \
            the card, and for this merchant, leave room in its window for what the approval would \
            use? Windows are those of the purchase's own time, in the program's time zone \
            (`time_zone`). What was reversed, expired or declined has been given back; what was \
            cleared above its hold counts. A refund is money of its own and gives nothing back. \
            Limits are looked at from the widest to the narrowest, by name among equals, the \
            amount before the count.",
    refusals: &[Refusal::AmountLimit, Refusal::CountLimit],
    evaluate: evaluate_limits,
};

fn evaluate_limits(case: &Case<'_>) -> CheckResult {
    let (Some(account), Some(plan), Some(asked)) = (case.account, case.plan, case.spends) else {
        return nothing_said();
    };
    let controls = &account.controls;
    let mut calendar = Calendar::default();
    let mut passed = Vec::new();
    for velocity in controls.velocity_for(asked.control_subject(&account.token)) {
        let period = calendar.period_of(velocity, asked, controls);
        let moved = Moves {
            account,
            moved: &plan.moved,
            asked,
        };
        let Some(room) = room_under(&moved, velocity, period) else {
            continue;
        };
        if let Some(refusal) = room.refuse_above(velocity) {
            return (Verdict::Refused(refusal), room.limit_inputs(velocity));
        }
        passed.push(room.limit_text(velocity));
    }
    let inputs = if passed.is_empty() {
        Vec::new()
    } else {
        vec![("limits", passed.join("; "))]
    };
    (Verdict::Passed, inputs)
}

/// The periods of the windows that a purchase is in; each is worked out once.
#[derive(Default)]
struct Calendar([Option<Option<Period>>; Window::ALL.len()]);

impl Calendar {
    fn period_of(
        &mut self,
        velocity: &Velocity,
        asked: &Use,
        controls: &ControlSet,
    ) -> Option<Period> {
        let window = velocity.control.window;
        let reckon = || asked.period(velocity, &controls.zone);
        // Each LIFETIME begins when its own control does.
        if window == Window::Lifetime {
            return reckon();
        }
        match self.0.get_mut(window as usize) {
            Some(known) => *known.get_or_insert_with(reckon),
            None => reckon(),
        }
    }
}

/// What an approval would use and give back.
struct Moves<'a> {
    account: &'a Account,
    moved: &'a [Moved],
    asked: &'a Use,
}

impl Moves<'_> {
    /// How much more of a limit would be used in this period of its window; `None` when the limit has
    /// nothing to do with it.
    fn counted_by(
        &self,
        velocity: &Velocity,
        period: Option<Period>,
    ) -> Result<Option<Sum>, Overflow> {
        if !velocity.control.approvals_only {
            // What was declined counts, so the question is whether one more might be.
            let declined = Use {
                declined: true,
                ..self.asked.clone()
            };
            let counted = declined.counted_amount(velocity, &self.account.token);
            return counted
                .map(|amount| Sum::default().plus(amount, false))
                .transpose();
        }
        let mut sum = None;
        for moved in self.moved {
            let when = match velocity.control.window {
                Window::Lifetime => moved.made.seen,
                _ => moved.made.at,
            };
            let in_time = period.is_none_or(|period| period.contains(when));
            let counted = moved.made.counted_amount(velocity, &self.account.token);
            if let Some(amount) = counted.filter(|_| in_time) {
                sum = Some(sum.unwrap_or(Sum::default()).plus(amount, moved.is_back)?);
            }
        }
        Ok(sum)
    }
}

/// What is used of a limit, and what would be more.
struct Room {
    spent: Sum,
    more: Sum,
    after: Sum,
    period: Option<Period>,
    is_measured: bool,
}

/// `None` when the limit has nothing to do with the purchase.
fn room_under(moves: &Moves<'_>, velocity: &Velocity, period: Option<Period>) -> Option<Room> {
    let is_per_message = velocity.control.window == Window::Transaction;
    if period.is_none() && !is_per_message {
        return None;
    }
    let more = moves.counted_by(velocity, period).ok()??;
    let counter = period.and_then(|period| {
        let counter = moves.account.counters.get(velocity, &period)?;
        Some(counter.sum(&period))
    });
    let spent = counter.unwrap_or_default();
    let after = Sum {
        amount: spent.amount.plus(more.amount).ok()?,
        uses: spent.uses.saturating_add(more.uses),
    };
    Some(Room {
        spent,
        more,
        after,
        period,
        is_measured: is_per_message || counter.is_some(),
    })
}

impl Room {
    fn refuse_above(&self, velocity: &Velocity) -> Option<Refusal> {
        let limit = velocity.control.limit;
        let spends = self.more.amount > Signed::ZERO;
        let exceeds_amount = spends && self.after.amount > limit.amount.credit();
        let counts = self.more.uses > 0;
        let exceeds_uses = counts && limit.uses.is_some_and(|uses| self.after.uses > uses.into());
        // What could not be measured is not approved: a limit that is not looked at is none.
        if exceeds_amount || !self.is_measured {
            Some(Refusal::AmountLimit)
        } else if exceeds_uses {
            Some(Refusal::CountLimit)
        } else {
            None
        }
    }

    fn limit_inputs(&self, velocity: &Velocity) -> Vec<Input> {
        let control = &velocity.control;
        let currency = control.currency;
        let mut inputs = vec![
            ("control", control.token.to_string()),
            ("window", control.window.as_str().to_owned()),
            ("for", control.applies.text()),
            ("at", control.merchants.text()),
            ("spent", self.spent.amount.text(currency)),
            ("asked", self.more.amount.text(currency)),
            ("limit", control.limit.amount.text(currency)),
            ("currency", currency.code().to_owned()),
            ("uses", self.spent.uses.to_string()),
        ];
        if let Some(uses) = control.limit.uses {
            inputs.push(("uses_limit", uses.to_string()));
        }
        if let Some(period) = self.period {
            inputs.push(("since", period.start.text()));
        }
        if let Some(name) = &control.name {
            inputs.push(("name", name.clone()));
        }
        inputs
    }

    /// One line: `day-500: 480.00 of 500.00 USD, 3 of 10 uses, asked 12.00`.
    fn limit_text(&self, velocity: &Velocity) -> String {
        let control = &velocity.control;
        let currency = control.currency;
        let (spent, asked) = (
            self.spent.amount.text(currency),
            self.more.amount.text(currency),
        );
        let limit = control.limit.amount.text(currency);
        let uses = control.limit.uses.map_or_else(String::new, |uses| {
            format!(", {} of {uses} uses", self.spent.uses)
        });
        format!(
            "{}: {spent} of {limit} {currency}{uses}, asked {asked}",
            control.token
        )
    }
}
