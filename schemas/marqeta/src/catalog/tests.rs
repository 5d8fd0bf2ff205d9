//! The table of types and methods: every row, and how messages are classified by it.

mod alerts;
mod effects;
mod messages;
mod requests;
mod table;

use super::{Classified, NothingWhy, classify};
use crate::transaction::Transaction;
use holdfast_funding::processor::{CardMessage, MessageEffect};
use holdfast_ledger::alert::AlertKind;
use holdfast_ledger::fact::Message;

fn read(text: &str) -> Transaction {
    Transaction::parse_notification(text).unwrap()
}

fn classified(text: &str) -> Classified {
    classify(&read(text))
}

/// The kind of its finding.
fn alert(of: &Classified) -> Option<AlertKind> {
    of.finding.as_ref().map(|finding| finding.kind)
}

/// The effect of a message that books nothing.
fn nothing(why: NothingWhy, text: &str) -> MessageEffect {
    MessageEffect::Nothing(why.explain(&read(text)))
}

fn normalised(text: &str) -> CardMessage {
    read(text).normalise().1
}

fn booked(text: &str) -> Message {
    normalised(text).booked_message(false).unwrap()
}

/// What it comes to, in one line.
fn line(of: &Classified) -> String {
    let topic = of
        .topic
        .name()
        .trim_start_matches("jit.")
        .trim_end_matches(".v1");
    match &of.effect {
        MessageEffect::Book { fact, role } => {
            // How a clearing names itself to the network has tests of its own.
            let kind = format!("{:?}", fact.kind);
            let kind = kind
                .split_once(", record")
                .map_or(kind.clone(), |(kind, _)| format!("{kind} }}"));
            format!("{topic}: {kind} {role:?} {}", fact.amount.value())
        }
        MessageEffect::KeptByProcessor { because, .. } | MessageEffect::Nothing(because) => {
            format!("{topic}: {because}")
        }
        MessageEffect::Unbookable(why) => format!("{topic}: {why}"),
    }
}
