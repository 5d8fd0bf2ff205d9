//! One level of JSON: the fields of an object or the elements of an array, none of them read yet.

use super::FieldError;
use super::{WHOLE, not_json};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The fields of one object, in the order in which they were sent.
pub type Pairs<'a> = Vec<(Cow<'a, str>, &'a RawValue)>;

/// Reads one level of an object, repeated keys and all.
///
/// # Errors
/// [`FieldError::NotJson`], [`FieldError::NotAnObject`].
pub fn pairs(text: &str) -> Result<Pairs<'_>, FieldError> {
    if !text.trim_start().starts_with('{') {
        let checked: Result<&RawValue, _> = serde_json::from_str(text);
        checked.map_err(|error| not_json(&error))?;
        return Err(FieldError::NotAnObject {
            path: WHOLE.to_owned(),
        });
    }
    let level: Level<'_> = serde_json::from_str(text).map_err(|error| not_json(&error))?;
    Ok(level.0)
}

/// The elements of an array; `None` when the value is no array.
#[must_use]
pub fn items(raw: &RawValue) -> Option<Vec<&RawValue>> {
    if raw.get().starts_with('[') {
        serde_json::from_str(raw.get()).ok()
    } else {
        None
    }
}

struct Level<'a>(Pairs<'a>);

#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Level<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(LevelVisitor)
    }
}

struct LevelVisitor;

impl<'de> Visitor<'de> for LevelVisitor {
    type Value = Level<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Level<'de>, A::Error> {
        let mut pairs = Vec::new();
        while let Some(Name(name)) = map.next_key()? {
            pairs.push((name, map.next_value()?));
        }
        Ok(Level(pairs))
    }
}
