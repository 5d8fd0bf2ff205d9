//! The JSON Schemas of our events, as they stand in `schemas/events/`. One file a topic; all dead-letter topics
//! share one. Enums are open: a value that a reader does not know is valid, and the known ones are listed.

use super::{
    Adjustment, Authorization, Clearing, DeadLetter, EventEnvelope, Line, OtherNotice,
    ProgramChange, Reversal, Topic,
};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

/// What holds for every value of every topic.
const RULES: &str = "Order events by `position`, never by a time. An amount is a decimal text with the exponent of \
    its currency; the currency is the field `currency` beside it, but for `original_…` and `settlement_…` amounts, \
    which name their own. Ignore fields and values that you do not know.";
const DECISION: &str = "One decision on a JIT funding request, or a request that was answered without one, with the \
    hold that it placed and the money that it moved.";
const CLEARING: &str = "A notification that moves money finally, as it was accepted.";
const REVERSAL: &str = "A notification that shrinks or drops a hold, as it was accepted.";
const NOTICE: &str = "Any other notification, as it was accepted.";
const PROGRAM_CHANGE: &str = "An account, card, control, rule or setting changed. Order by `position`, never by a time; the newest record of a key says the state of its object.";
const ADJUSTMENT: &str = "A change of the books by anything but a decision.";
const DEAD_LETTER: &str = "What could not be applied, and why.";

/// One file of `schemas/events/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaFile {
    /// Its name: the topic's, with `.schema.json`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A value as it is published.
#[derive(JsonSchema)]
struct PublishedValue<T> {
    #[serde(flatten)]
    #[allow(dead_code, reason = "only its schema is used")]
    envelope: EventEnvelope,
    #[serde(flatten)]
    #[allow(dead_code, reason = "only its schema is used")]
    payload: T,
}

/// The payload of a topic that moves money, with its entries.
#[derive(JsonSchema)]
struct MoneyPayload<T> {
    /// The journal lines. Applied in order of `position` they give every balance.
    #[allow(dead_code, reason = "only its schema is used")]
    entries: Vec<Line>,
    #[serde(flatten)]
    #[allow(dead_code, reason = "only its schema is used")]
    payload: T,
}

/// Every schema file, one for each shape of record.
///
/// # Errors
/// [`serde_json::Error`] when a schema cannot be written as JSON; it always can.
pub fn files() -> Result<Vec<SchemaFile>, serde_json::Error> {
    [
        (
            Topic::Authorizations.name(),
            schema::<MoneyPayload<Authorization>>(),
            DECISION,
        ),
        (
            Topic::Clearings.name(),
            schema::<Clearing<'static>>(),
            CLEARING,
        ),
        (
            Topic::Reversals.name(),
            schema::<Reversal<'static>>(),
            REVERSAL,
        ),
        (
            Topic::Notices.name(),
            schema::<OtherNotice<'static>>(),
            NOTICE,
        ),
        (
            Topic::Adjustments.name(),
            schema::<MoneyPayload<Adjustment>>(),
            ADJUSTMENT,
        ),
        (
            Topic::ProgramChanges.name(),
            schema::<ProgramChange>(),
            PROGRAM_CHANGE,
        ),
        ("dlq", schema::<DeadLetter>(), DEAD_LETTER),
    ]
    .into_iter()
    .map(|(name, schema, about)| {
        let mut value = schema.to_value();
        value["title"] = json!(name);
        value["description"] = json!(format!("{about} {RULES}"));
        open_enums(&mut value);
        // Sorted, so that the text does not depend on the features that other crates switch on.
        value.sort_all_objects();
        let text = serde_json::to_string_pretty(&value)?;
        Ok(SchemaFile {
            name: format!("{name}.schema.json"),
            text: text + "\n",
        })
    })
    .collect()
}

fn schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<PublishedValue<T>>()
}

/// Replaces each closed list of texts by a text whose known values are named in its description and examples.
fn open_enums(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if let Some(known) = known_values(object) {
                open_enum(object, &known);
            }
            object.values_mut().for_each(open_enums);
        }
        Value::Array(items) => items.iter_mut().for_each(open_enums),
        _ => {}
    }
}

/// The values of a closed list with their descriptions; `None` for a schema that is none.
fn known_values(schema: &Map<String, Value>) -> Option<Vec<(String, String)>> {
    let value = |variant: &Value| {
        let name = variant.get("const")?.as_str()?.to_owned();
        let about = variant.get("description").and_then(Value::as_str);
        Some((name, about.unwrap_or_default().to_owned()))
    };
    let variants = schema.get("oneOf")?.as_array()?;
    variants.iter().map(value).collect()
}

fn open_enum(schema: &mut Map<String, Value>, known: &[(String, String)]) {
    let listed = known
        .iter()
        .map(|(name, about)| format!("* `{name}`: {about}"))
        .collect::<Vec<_>>()
        .join("\n");
    let about = schema.get("description").and_then(Value::as_str);
    let about = about.unwrap_or_default();
    let description = format!("{about} Known values, to which others may be added:\n\n{listed}");
    let names: Vec<&String> = known.iter().map(|(name, _)| name).collect();
    schema.remove("oneOf");
    schema.insert("type".to_owned(), json!("string"));
    schema.insert("description".to_owned(), json!(description));
    schema.insert("examples".to_owned(), json!(names));
}
