//! Writing JSON by hand: numbers keep the digits that we give them, which no float would.

use serde_json::Value;
use std::fmt::Write as _;

/// An object under construction.
#[derive(Debug)]
pub(super) struct Writer {
    text: String,
    /// Is the next field the first of its object?
    first: bool,
}

impl Default for Writer {
    fn default() -> Self {
        Self {
            text: String::from("{"),
            first: true,
        }
    }
}

impl Writer {
    /// Begins an object inside of this one.
    pub(super) fn open(&mut self, name: &str) {
        self.name(name);
        self.text.push('{');
        self.first = true;
    }

    /// Ends it.
    pub(super) fn close(&mut self) {
        self.text.push('}');
        self.first = false;
    }

    /// Adds a text.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.name(name);
        self.quoted(value);
    }

    /// Adds a text if there is one.
    pub(super) fn some_text(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    /// Adds a number, digit by digit.
    pub(super) fn number(&mut self, name: &str, digits: &str) {
        self.some_json(name, Some(digits));
    }

    /// Adds what is JSON already, as it is, if there is any.
    pub(super) fn some_json(&mut self, name: &str, json: Option<&str>) {
        if let Some(json) = json {
            self.name(name);
            self.text.push_str(json);
        }
    }

    /// The whole object.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.text.push('}');
        self.text.into_bytes()
    }

    fn name(&mut self, name: &str) {
        if !std::mem::take(&mut self.first) {
            self.text.push(',');
        }
        self.quoted(name);
        self.text.push(':');
    }

    fn quoted(&mut self, text: &str) {
        // Writing into a String cannot fail.
        let _ = write!(self.text, "{}", Value::from(text));
    }
}
