//! The JSON Schemas of our events, as validators.

use jsonschema::Validator;
use std::path::Path;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/events");

/// The validator of a topic's values. All dead letters have one schema.
pub(crate) fn of(topic: &str) -> Validator {
    let name = if topic.ends_with(".dlq") {
        "dlq"
    } else {
        topic
    };
    let path = Path::new(FOLDER).join(format!("{name}.schema.json"));
    let schema = std::fs::read_to_string(path).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap()
}

#[test]
fn a_value_that_breaks_its_schema_is_found() {
    let validator = of("ledger.adjustments.v1");
    assert!(!validator.is_valid(&serde_json::json!({})));
    let float = serde_json::json!({
        "kind": "posted", "account": "a", "balances": [],
        "entries": [{"side": "customer", "layer": "settled", "currency": "USD", "amount": 1.5}],
    });
    assert!(!validator.is_valid(&float), "amounts are texts");
}
