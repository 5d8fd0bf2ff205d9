//! The JSON Schemas of our events, as validators.

use jsonschema::Validator;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/events");

/// The folder of the present schemas, and one for each version that was released.
fn folders() -> Vec<PathBuf> {
    let released = std::fs::read_dir(Path::new(FOLDER).join("released")).unwrap();
    let released = released.map(|entry| entry.unwrap().path());
    std::iter::once(PathBuf::from(FOLDER))
        .chain(released)
        .collect()
}

/// The validator of a topic's values by the schema in a folder; `None` where the topic came later. All dead letters
/// have one schema.
fn validator(folder: &Path, topic: &str) -> Option<Validator> {
    let name = if topic.ends_with(".dlq") {
        "dlq"
    } else {
        topic
    };
    let path = folder.join(format!("{name}.schema.json"));
    let schema = std::fs::read_to_string(path).ok()?;
    Some(jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap())
}

/// What is wrong with a value, by the present schema of its topic and by every released one.
pub(crate) fn find_errors(topic: &str, value: &Value) -> Vec<String> {
    assert!(validator(Path::new(FOLDER), topic).is_some(), "{topic}");
    let validators = folders().into_iter();
    let validators = validators.filter_map(|folder| Some((validator(&folder, topic)?, folder)));
    let errors = validators.flat_map(|(validator, folder)| {
        let errors = validator.iter_errors(value);
        errors
            .map(|error| format!("{}: {error}", folder.display()))
            .collect::<Vec<String>>()
    });
    errors.collect()
}

#[test]
fn a_value_that_breaks_its_schema_is_found() {
    let topic = "ledger.adjustments.v1";
    assert!(!find_errors(topic, &json!({})).is_empty());
    let value = |amount: Value| {
        json!({
            "event_id": "x", "position": 1, "incarnation": "x", "shard": 0, "at": "x",
            "kind": "some new kind", "cause": "notification", "account": "a", "balances": [], "new": 1,
            "entries": [{"side": "customer", "layer": "settled", "balance": "posted",
                "currency": "USD", "amount": amount}],
        })
    };
    assert_eq!(find_errors(topic, &value(json!("1.50"))), [""; 0]);
    let errors = find_errors(topic, &value(json!(1.5)));
    assert_eq!(
        errors.len(),
        folders().len(),
        "amounts are texts: {errors:?}"
    );
}
