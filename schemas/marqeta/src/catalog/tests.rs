//! The table of types and methods: every row, and how messages are classified by it.

mod alerts;
mod effects;
mod messages;
mod requests;
mod table;

use super::{Classified, Effect, Rules, classify};
use crate::notification::Notification;
use holdfast_ledger::fact::Message;

fn classified(text: &str) -> Classified {
    classify(&Notification::parse(text).unwrap(), Rules::default())
}

fn booked(text: &str) -> Message {
    match classified(text).effect {
        Effect::Book(message) => *message,
        other => panic!("{other:?}"),
    }
}

/// What it comes to, in one line.
fn line(of: &Classified) -> String {
    let topic = of
        .topic
        .name()
        .trim_start_matches("jit.")
        .trim_end_matches(".v1");
    match &of.effect {
        Effect::Book(message) => {
            let Message { fact, role, .. } = message.as_ref();
            // How a clearing names itself to the network has tests of its own.
            let kind = format!("{:?}", fact.kind);
            let kind = kind
                .split_once(", record")
                .map_or(kind.clone(), |(kind, _)| format!("{kind} }}"));
            format!("{topic}: {kind} {role:?} {}", fact.amount.value())
        }
        Effect::Nothing(why) => format!("{topic}: {}", why.as_str()),
        Effect::Unbookable(why) => format!("{topic}: {why}"),
    }
}
