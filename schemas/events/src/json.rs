//! Reading JSON one level at a time, with every amount taken from the text as it was sent.
//!
//! `serde_json` would read numbers as floats; instead each value stays a [`RawValue`] until it is read as
//! what it should be. Costs are linear in the size of the body: the text is checked once as a whole without
//! recursion, and each level that is read is passed once more.

mod error;
mod level;
mod object;
mod scalar;

pub use error::FieldError;
pub use level::{Pairs, items, pairs};
pub use object::Object;

use serde_json::value::RawValue;

/// The path of the whole body, in messages.
pub(crate) const WHOLE: &str = "the body";

/// The bytes as UTF-8 text.
///
/// # Errors
/// [`FieldError::NotUtf8`].
pub fn utf8(bytes: &[u8]) -> Result<&str, FieldError> {
    std::str::from_utf8(bytes).map_err(|_| FieldError::NotUtf8)
}

/// Where the text stops being JSON; what it says there is left out on purpose.
fn not_json(error: &serde_json::Error) -> FieldError {
    FieldError::NotJson {
        line: error.line(),
        column: error.column(),
    }
}

fn is_null(raw: &RawValue) -> bool {
    raw.get() == "null"
}

#[cfg(test)]
mod tests;
