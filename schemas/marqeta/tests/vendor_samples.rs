//! The vendor's own samples parse and are classified. They stay where they are: `HOLDFAST_VENDOR_SAMPLES`.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot continue should stop"
)]

use holdfast_funding::processor::{Content, MessageEffect, Processor};
use holdfast_marqeta::catalog::{Classified, classify};
use holdfast_marqeta::envelope::Envelope;
use holdfast_marqeta::{Marqeta, Transaction};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const WHERE: &str = "HOLDFAST_VENDOR_SAMPLES";

fn samples() -> Option<Vec<(String, String)>> {
    let Some(folder) = std::env::var_os(WHERE).map(PathBuf::from) else {
        println!("skipped: {WHERE} is not set");
        return None;
    };
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    Some(
        files
            .iter()
            .map(|path| (name(path), std::fs::read_to_string(path).unwrap()))
            .collect(),
    )
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// The transaction of a file, if it holds one.
fn transaction(name: &str, text: &str) -> Option<String> {
    if name.starts_with("simulation2.") && name.contains("-response-") {
        let fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(text).unwrap();
        // Direct deposits are answered with a resource of their own, not with a transaction.
        return fields.get("transaction").map(|raw| raw.get().to_owned());
    }
    let is_transaction = name.starts_with("authorization-") || name.starts_with("gpa.");
    is_transaction.then(|| text.to_owned())
}

fn classified(text: &str) -> (Transaction, Classified) {
    let message = Transaction::parse_notification(text).unwrap();
    let of = classify(&message);
    (message, of)
}

#[test]
fn every_sample_transaction_is_read_without_fault_and_found_in_the_table() {
    let Some(samples) = samples() else { return };
    let mut count = 0;
    for (name, text) in samples {
        let Some(text) = transaction(&name, &text) else {
            continue;
        };
        let (message, of) = classified(&text);
        assert_eq!(message.faults, [], "{name}");
        let pattern = of
            .entry
            .unwrap_or_else(|| panic!("{name} is not in the table"))
            .pattern;
        assert!(pattern.matches(&message.transaction_type), "{name}");
        // One sample is cut down to the fields that its page explains; it has no currency.
        let is_whole = message.currency_code.is_some();
        assert_eq!(
            matches!(of.effect, MessageEffect::Unbookable(_)),
            !is_whole,
            "{name}"
        );
        count += 1;
    }
    assert!(count >= 35, "only {count} samples");
}

#[test]
fn the_jit_block_of_the_official_authorizations_is_found() {
    let Some(samples) = samples() else { return };
    for (name, text) in samples
        .iter()
        .filter(|(name, _)| name.starts_with("authorization-"))
    {
        let (message, _) = classified(text);
        assert_eq!(
            message.jit.method.as_deref(),
            Some("pgfs.authorization"),
            "{name}"
        );
        assert!(
            message.jit.amount.is_some() && message.jit.token.is_some(),
            "{name}"
        );
    }
}

#[test]
fn sample_envelopes_are_read_item_by_item() {
    let Some(samples) = samples() else { return };
    for (name, text) in samples
        .iter()
        .filter(|(name, _)| name.starts_with("webhook."))
    {
        let envelope = Envelope::parse(text.as_bytes()).unwrap();
        let notifications = Marqeta.read_notifications(text.as_bytes()).unwrap();
        let pings = envelope.items().filter(|(family, _)| *family == "pings");
        assert_eq!(
            notifications.len() + pings.count(),
            envelope.items().count()
        );
        for notification in notifications {
            match notification.content {
                // The stand-in sample leaves the token out: it is parked, as no transaction.
                Content::Unreadable(why) => assert_eq!(why, "reading token: it is missing"),
                other => panic!("{name}: {other:?}"),
            }
        }
    }
}
