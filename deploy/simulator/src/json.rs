//! A JSON tree that keeps the exact text of its numbers and the order of its fields.
//!
//! `serde_json::Value` would push every amount through a binary float, so this type renders
//! itself.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;
use serde_json::value::RawValue;

use crate::amount::jvm_number;

/// One JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A string.
    Text(Cow<'static, str>),
    /// Text that is JSON already: a number with its digits, or a received text.
    Raw(String),
    /// An array.
    List(Vec<Json>),
    /// An object; a key appears once.
    Object(Vec<(Cow<'static, str>, Json)>),
}

impl Json {
    /// An amount, exact.
    pub fn amount(amount: Decimal) -> Self {
        Self::Raw(jvm_number(amount))
    }

    /// An object of these fields.
    pub fn object<const N: usize>(fields: [(&'static str, Json); N]) -> Self {
        Self::Object(
            fields
                .into_iter()
                .map(|(key, value)| (Cow::Borrowed(key), value))
                .collect(),
        )
    }

    /// Received JSON, or null for invalid JSON.
    pub fn from_received(text: &str) -> Self {
        match serde_json::from_str::<&RawValue>(text) {
            Ok(raw) => Self::Raw(raw.get().to_owned()),
            Err(_) => Self::Null,
        }
    }

    /// The value at a dotted path, `gpa_order.jit_funding.amount`.
    pub fn get(&self, path: &str) -> Option<&Json> {
        path.split('.').try_fold(self, |value, key| match value {
            Self::Object(fields) => fields
                .iter()
                .find(|field| field.0 == key)
                .map(|field| &field.1),
            _ => None,
        })
    }

    /// Sets the value at a dotted path, creating objects on the way.
    pub fn set(&mut self, path: &str, value: Json) {
        let (key, rest) = path
            .split_once('.')
            .map_or((path, None), |(k, r)| (k, Some(r)));
        let place = self.field_or_insert(key);
        match rest {
            Some(rest) => place.set(rest, value),
            None => *place = value,
        }
    }

    /// Removes the value at a dotted path.
    pub fn remove(&mut self, path: &str) {
        let Self::Object(fields) = self else { return };
        match path.split_once('.') {
            None => fields.retain(|field| field.0 != path),
            Some((key, rest)) => {
                fields
                    .iter_mut()
                    .filter(|f| f.0 == key)
                    .for_each(|f| f.1.remove(rest));
            }
        }
    }

    /// The field of that key, inserted if missing. A value that is no object becomes one.
    fn field_or_insert(&mut self, key: &str) -> &mut Json {
        if !matches!(self, Self::Object(_)) {
            *self = Self::Object(Vec::new());
        }
        let Self::Object(fields) = self else {
            return self;
        };
        let at = fields
            .iter()
            .position(|field| field.0 == key)
            .unwrap_or_else(|| {
                fields.push((Cow::Owned(key.to_owned()), Self::Null));
                fields.len() - 1
            });
        &mut fields[at].1
    }
}

impl From<&'static str> for Json {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<&String> for Json {
    fn from(text: &String) -> Self {
        Self::Text(Cow::Owned(text.clone()))
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<Decimal> for Json {
    fn from(amount: Decimal) -> Self {
        Self::amount(amount)
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Text(text) => write_text(f, text),
            Self::Raw(raw) => f.write_str(raw),
            Self::List(items) => {
                f.write_str("[")?;
                for (n, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if n == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
            Self::Object(fields) => {
                f.write_str("{")?;
                for (n, (key, value)) in fields.iter().enumerate() {
                    f.write_str(if n == 0 { "" } else { "," })?;
                    write_text(f, key)?;
                    write!(f, ":{value}")?;
                }
                f.write_str("}")
            }
        }
    }
}

fn write_text(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str(&serde_json::to_string(text).map_err(|_| fmt::Error)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_written_with_the_exact_text_of_its_numbers() {
        let mut json = Json::object([("a", Json::amount(Decimal::new(4210, 2)))]);
        json.set("b.c", "x\"y".into());
        json.set("b.d", Json::List(vec![Json::Null, true.into()]));
        assert_eq!(
            json.to_string(),
            r#"{"a":42.1,"b":{"c":"x\"y","d":[null,true]}}"#
        );
        json.set("a", Json::from_received("12.50"));
        json.remove("b.d");
        assert_eq!(json.to_string(), r#"{"a":12.50,"b":{"c":"x\"y"}}"#);
        assert_eq!(json.get("b.c"), Some(&"x\"y".into()));
        assert_eq!(json.get("b.d"), None);
    }

    #[test]
    fn what_is_no_json_is_received_as_null() {
        assert_eq!(Json::from_received("{oops"), Json::Null);
    }
}
