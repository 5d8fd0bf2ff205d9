//! From a program that fails to a smaller one that fails: what can be left out is.

use crate::program::{Ending, Message, Program, Step, is_never_notified};
use crate::wording::Meaning;
use std::time::{Duration, Instant};

/// Leaves out purchases, then messages, then deliveries, then whole steps, as long as the rest `fails`.
pub(crate) async fn shrink(
    program: &Program,
    within: Duration,
    fails: impl AsyncFn(&Program) -> bool,
) -> Program {
    let (mut smallest, began) = (program.clone(), Instant::now());
    loop {
        let mut is_smaller = false;
        for leave_out in [purchases, messages, deliveries, steps] {
            let mut number = 0;
            while let Some(candidate) = leave_out(&smallest, number) {
                if began.elapsed() > within {
                    return smallest;
                }
                if is_whole(&candidate) && fails(&candidate).await {
                    (smallest, is_smaller) = (candidate, true);
                } else {
                    number += 1;
                }
            }
        }
        if !is_smaller {
            return smallest;
        }
    }
}

/// A purchase falls apart where a link leads to a message that was never delivered.
fn is_whole(program: &Program) -> bool {
    // What takes a debit back stands alone as well.
    let is_debit = |id: u32| program.message(id).wording.meaning == Meaning::Debit;
    let is_notified = |id: u32| {
        program.steps.iter().any(|step| match step {
            Step::Notify(items) => items
                .iter()
                .any(|t| t.message == id && t.ending != Ending::Twin),
            Step::Ask(_) | Step::Change(_) | Step::Apply | Step::Expire => false,
        })
    };
    let is_delivered = |id: u32| is_notified(id) || is_debit(id);
    let own = |message: &Message, link: Option<u32>| {
        let same = |other: &&Message| other.purchase == message.purchase;
        let there = |id| {
            program
                .messages
                .iter()
                .filter(same)
                .any(|other| other.id == id)
        };
        // Another purchase's message is not missed, but one of this purchase is.
        link.is_none_or(|id| {
            (there(id) && is_delivered(id)) || is_elsewhere(message) || is_never_notified(id)
        })
    };
    let whole = |message: &Message| {
        own(message, message.links.original) && own(message, message.links.preceding)
    };
    program.messages.iter().all(whole) && first_messages(program).all(is_delivered)
}

/// Credits name another purchase's messages, for people to see.
fn is_elsewhere(message: &Message) -> bool {
    matches!(
        message.wording.meaning,
        Meaning::Credit | Meaning::CreditAuthorization
    )
}

/// What each purchase begins with: its order is known from there.
fn first_messages(program: &Program) -> impl Iterator<Item = u32> {
    let messages = program.messages.iter().enumerate();
    messages
        .filter(|(number, message)| {
            let before = &program.messages[..*number];
            before
                .iter()
                .all(|other| other.purchase != message.purchase)
        })
        .map(|(_, message)| message.id)
}

/// Without the purchase of this number.
fn purchases(program: &Program, number: usize) -> Option<Program> {
    let mut purchases: Vec<u32> = program.messages.iter().map(|m| m.purchase).collect();
    purchases.sort_unstable();
    purchases.dedup();
    let purchase = *purchases.get(number)?;
    let gone = |id: u32| program.message(id).purchase == purchase;
    let mut smaller = without(program, gone);
    smaller
        .messages
        .retain(|message| message.purchase != purchase);
    Some(smaller)
}

/// Without the message of this number; links to it lead nowhere then.
fn messages(program: &Program, number: usize) -> Option<Program> {
    let message = program.messages.get(number)?.id;
    let mut smaller = without(program, |id| id == message);
    smaller.messages.retain(|kept| kept.id != message);
    Some(smaller)
}

/// All steps, without the requests and notifications of messages that are gone.
fn without(program: &Program, gone: impl Fn(u32) -> bool) -> Program {
    let mut smaller = program.clone();
    for step in &mut smaller.steps {
        match step {
            Step::Ask(messages) => messages.retain(|id| !gone(*id)),
            Step::Notify(items) => items.retain(|notified| !gone(notified.message)),
            Step::Change(_) | Step::Apply | Step::Expire => {}
        }
    }
    tidy(&mut smaller);
    smaller
}

/// Without one request or notification.
fn deliveries(program: &Program, number: usize) -> Option<Program> {
    let mut smaller = program.clone();
    let mut left = number;
    for step in &mut smaller.steps {
        let size = match step {
            Step::Ask(messages) => messages.len(),
            Step::Notify(items) => items.len(),
            Step::Change(changes) => changes.len(),
            Step::Apply | Step::Expire => 0,
        };
        if left < size {
            match step {
                Step::Ask(messages) => drop(messages.remove(left)),
                Step::Notify(items) => drop(items.remove(left)),
                Step::Change(changes) => drop(changes.remove(left)),
                Step::Apply | Step::Expire => {}
            }
            tidy(&mut smaller);
            return Some(smaller);
        }
        left -= size;
    }
    None
}

/// Without the step of this number.
fn steps(program: &Program, number: usize) -> Option<Program> {
    let mut smaller = program.clone();
    (number < smaller.steps.len()).then(|| smaller.steps.remove(number))?;
    Some(smaller)
}

fn tidy(program: &mut Program) {
    program.steps.retain(|step| match step {
        Step::Ask(messages) => !messages.is_empty(),
        Step::Notify(items) => !items.is_empty(),
        Step::Change(changes) => !changes.is_empty(),
        Step::Apply | Step::Expire => true,
    });
}
