//! The JSON Schemas of our events, as they stand in `schemas/events/`.

use super::{Adjustment, Authorization, DeadLetter, Notice, ProgramChange, Topic};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};

/// One file of `schemas/events/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaFile {
    /// Its name: the topic's, with `.schema.json`. All dead-letter topics share one.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Every schema file, one for each shape of record.
///
/// # Errors
/// [`serde_json::Error`] when a schema cannot be written as JSON; it always can.
pub fn files() -> Result<Vec<SchemaFile>, serde_json::Error> {
    [
        (Topic::Authorizations.name(), schema::<Authorization>()),
        (Topic::Clearings.name(), schema::<Notice>()),
        (Topic::Reversals.name(), schema::<Notice>()),
        (Topic::Notices.name(), schema::<Notice>()),
        (Topic::Adjustments.name(), schema::<Adjustment>()),
        (Topic::ProgramChanges.name(), schema::<ProgramChange>()),
        ("dlq", schema::<DeadLetter>()),
    ]
    .into_iter()
    .map(|(name, schema)| {
        // Sorted, so that the text does not depend on the features that other crates switch on.
        let mut value = schema.to_value();
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
        .into_root_schema_for::<T>()
}
