//! Fields of a control that are shown exactly as they were given: those without effect here, and those whose form says
//! more than what is kept of them.

use super::{Kind, fields, scope, velocity};
use crate::json::FieldError;
use crate::json::{Object, pairs};
use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// JSON texts by field name. Empty for most controls.
#[derive(Debug, Clone, Default)]
pub struct GivenFields(BTreeMap<String, Box<RawValue>>);

impl GivenFields {
    /// Takes from a checked body what is shown as it was given.
    pub(super) fn of_body(kind: Kind, body: &Object<'_>) -> Result<Self, FieldError> {
        let mut given = Self::default();
        for name in fields::of_kind(kind).inert {
            velocity::check_inert(body, name)?;
            given.keep(body, name);
        }
        if scope::is_for_business(body)? {
            given.keep(body, scope::ASSOCIATION);
        }
        if kind == Kind::Velocity && velocity::lists_money_in(body)? {
            given.keep(body, velocity::MONEY_IN);
        }
        Ok(given)
    }

    fn keep(&mut self, body: &Object<'_>, name: &str) {
        if let Some(raw) = body.raw(name) {
            self.0.insert(name.to_owned(), raw.to_owned());
        }
    }

    /// Reads them as they are stored: one JSON object.
    ///
    /// # Errors
    /// As serde does, for a text that is no JSON object.
    pub fn parse(stored: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(stored).map(Self)
    }

    /// The JSON object that is stored.
    ///
    /// # Errors
    /// As serde does; no fields that were read are one.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&self.0)
    }

    /// A warning for each field that has no effect here.
    pub(super) fn warnings(&self, kind: Kind) -> Vec<String> {
        let inert = fields::of_kind(kind).inert.iter();
        let kept = inert.filter(|name| self.0.contains_key(**name));
        kept.map(|name| format!("{name} has no effect here"))
            .collect()
    }
}

/// Shows a printed control with the given fields in place of ours, and the warnings.
pub(super) fn overlay(
    printed: Box<RawValue>,
    given: &GivenFields,
    warnings: &[String],
) -> Result<Box<RawValue>, serde_json::Error> {
    if given.0.is_empty() && warnings.is_empty() {
        return Ok(printed);
    }
    let fields = pairs(printed.get()).map_err(serde_json::Error::custom)?;
    serde_json::value::to_raw_value(&Overlaid {
        fields,
        given,
        warnings,
    })
}

struct Overlaid<'a> {
    fields: Vec<(Cow<'a, str>, &'a RawValue)>,
    given: &'a GivenFields,
    warnings: &'a [String],
}

impl Serialize for Overlaid<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let ours = self
            .fields
            .iter()
            .filter(|(name, _)| !self.given.0.contains_key(name.as_ref()));
        for (name, value) in ours {
            map.serialize_entry(name, value)?;
        }
        for (name, value) in &self.given.0 {
            map.serialize_entry(name, value)?;
        }
        if !self.warnings.is_empty() {
            map.serialize_entry("warnings", self.warnings)?;
        }
        map.end()
    }
}
