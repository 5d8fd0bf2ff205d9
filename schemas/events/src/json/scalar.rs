//! One JSON value, read as what it should be.

use super::FieldError;
use crate::moment;
use holdfast_ledger::money::{Amount, AmountError, Currency, Signed};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::TokenError;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// No text that we keep is longer.
const TEXT_CHARS_MAX: usize = 255;

/// The content of a JSON string; `None` for other values and for texts that are no Unicode.
fn read_string(raw: &RawValue) -> Option<Cow<'_, str>> {
    let inner = raw.get().strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') {
        serde_json::from_str(raw.get()).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(inner))
    }
}

fn is_printable(text: &str) -> bool {
    text.chars().take(TEXT_CHARS_MAX + 1).count() <= TEXT_CHARS_MAX
        && !text.chars().any(char::is_control)
}

pub(super) fn text(
    raw: &RawValue,
    path: impl Fn() -> String,
) -> Result<Option<String>, FieldError> {
    let text = read_string(raw).ok_or_else(|| FieldError::NotText { path: path() })?;
    match text.trim() {
        "" => Ok(None),
        text if is_printable(text) => Ok(Some(text.to_owned())),
        _ => Err(FieldError::Unprintable { path: path() }),
    }
}

pub(super) fn lenient_text(raw: &RawValue) -> Option<String> {
    let text = match raw.get().as_bytes().first()? {
        b'"' => read_string(raw)?,
        b'{' | b'[' => return None,
        _ => Cow::Borrowed(raw.get()),
    };
    let text = text.trim();
    (!text.is_empty() && is_printable(text)).then(|| text.to_owned())
}

pub(super) fn token<T>(
    raw: &RawValue,
    path: impl Fn() -> String,
    parse: impl FnOnce(&str) -> Result<T, TokenError>,
) -> Result<Option<T>, FieldError> {
    let text = read_string(raw).ok_or_else(|| FieldError::NotText { path: path() })?;
    match parse(&text) {
        Ok(token) => Ok(Some(token)),
        Err(TokenError::Empty) => Ok(None),
        Err(source) => Err(FieldError::Token {
            path: path(),
            source,
        }),
    }
}

/// The digits of a number or of a text that holds one.
fn read_digits(raw: &RawValue) -> Result<Cow<'_, str>, AmountError> {
    match raw.get().as_bytes().first() {
        Some(b'"') => read_string(raw).ok_or(AmountError::NotANumber),
        Some(b'-' | b'0'..=b'9') => Ok(Cow::Borrowed(raw.get())),
        _ => Err(AmountError::NotANumber),
    }
}

pub(super) fn amount(raw: &RawValue, currency: Option<Currency>) -> Result<Amount, AmountError> {
    let digits = read_digits(raw)?;
    match currency {
        Some(currency) => Amount::parse_in(&digits, currency),
        None => Amount::parse(&digits),
    }
}

pub(super) fn signed(raw: &RawValue) -> Result<Signed, AmountError> {
    let digits = read_digits(raw)?;
    match digits.trim().strip_prefix('-') {
        Some(rest) if rest.starts_with('-') => Err(AmountError::NotANumber),
        Some(rest) => Amount::parse(rest).map(Amount::debit),
        None => Amount::parse(&digits).map(Amount::credit),
    }
}

pub(super) fn flag(raw: &RawValue) -> Option<bool> {
    let text = if raw.get().starts_with('"') {
        read_string(raw)?
    } else {
        Cow::Borrowed(raw.get())
    };
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

pub(super) fn moment(raw: &RawValue) -> Option<Moment> {
    read_string(raw).and_then(|text| moment::parse(&text))
}
