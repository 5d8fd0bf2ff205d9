//! The fields of a request's body.

use super::error::ApiError;
use bytes::Bytes;
use holdfast_events::json::{self, Object};
use holdfast_ledger::money::{Amount, Currency, Signed};
use holdfast_ledger::token::TokenError;
use serde_json::value::RawValue;

/// A JSON object that has none but known fields, each once and with a value.
#[derive(Debug)]
pub(super) struct Fields<'a>(Object<'a>);

impl<'a> Fields<'a> {
    /// Reads a body.
    pub(super) fn read(body: &'a Bytes, known: &[&str]) -> Result<Self, ApiError> {
        let text = json::utf8(body)?;
        let object = Object::parse(text)?;
        for (name, raw) in json::pairs(text)? {
            if !known.contains(&name.as_ref()) {
                return Err(object.unknown(&name, known).into());
            }
            require_value(&object, &name, raw)?;
        }
        Ok(Self(object))
    }

    /// The field as it was sent.
    pub(super) fn raw(&self, name: &str) -> Option<&'a RawValue> {
        self.0.raw(name)
    }

    /// A text, if it is there.
    pub(super) fn find_text(&self, name: &str) -> Result<Option<String>, ApiError> {
        Ok(self.0.text(name)?)
    }

    /// A text that must be there.
    pub(super) fn require_text(&self, name: &str) -> Result<String, ApiError> {
        self.find_text(name)?
            .ok_or_else(|| self.0.missing(name).into())
    }

    /// One of a few words, if it is there.
    pub(super) fn find_word<T>(
        &self,
        name: &'static str,
        words: &[(&str, T)],
    ) -> Result<Option<T>, ApiError>
    where
        T: Copy,
    {
        let Some(text) = self.find_text(name)? else {
            return Ok(None);
        };
        let found = words.iter().find(|(word, _)| *word == text);
        found.map(|(_, value)| Some(*value)).ok_or_else(|| {
            let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let message = format!("reading {name}: it must be one of {}", all.join(", "));
            ApiError::bad_request("invalid_field", &message, Some(name))
        })
    }

    /// A token that must be there.
    pub(super) fn require_token<T>(
        &self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, TokenError>,
    ) -> Result<T, ApiError> {
        self.0
            .token(name, parse)?
            .ok_or_else(|| self.0.missing(name).into())
    }

    /// A currency of ISO 4217 that must be there.
    pub(super) fn require_currency(&self, name: &str) -> Result<Currency, ApiError> {
        parse_currency(&self.require_text(name)?, name)
    }

    /// An amount above zero.
    pub(super) fn require_amount(
        &self,
        name: &str,
        currency: Currency,
    ) -> Result<Amount, ApiError> {
        let amount = self.0.amount(name, Some(currency))?;
        let amount = amount.ok_or_else(|| ApiError::from(self.0.missing(name)))?;
        if amount.is_zero() {
            Err(zero_error(name))
        } else {
            Ok(amount)
        }
    }

    /// A signed amount that is not zero.
    pub(super) fn require_signed(
        &self,
        name: &str,
        currency: Currency,
    ) -> Result<Signed, ApiError> {
        let amount = self.0.signed(name)?;
        let amount = amount.ok_or_else(|| ApiError::from(self.0.missing(name)))?;
        if amount.is_zero() {
            return Err(zero_error(name));
        }
        let magnitude = Amount::new(amount.value().abs());
        if magnitude.is_ok_and(|magnitude| magnitude.fits(currency)) {
            return Ok(amount);
        }
        let message = format!("{name} has more decimals than {currency}");
        Err(ApiError::bad_request(
            "invalid_amount",
            &message,
            Some(name),
        ))
    }
}

/// Refuses null and an empty text: a field that is not meant is left out.
pub(super) fn require_value(
    object: &Object<'_>,
    name: &str,
    raw: &RawValue,
) -> Result<(), ApiError> {
    let is_empty = raw.get().strip_prefix('"').is_some_and(|text| {
        let text = text.strip_suffix('"').unwrap_or(text);
        text.trim().is_empty()
    });
    let rule = match raw.get() {
        "null" => "must not be null; leave the field out, or give it a value",
        _ if is_empty => "must not be empty; leave the field out, or give it a value",
        _ => return Ok(()),
    };
    Err(object.refused(name, rule).into())
}

/// Reads a currency of ISO 4217.
pub(super) fn parse_currency(code: &str, field: &str) -> Result<Currency, ApiError> {
    Currency::parse(code).ok_or_else(|| {
        let message = format!(
            "{field} must be a currency of ISO 4217 that an account can be held in, such as USD"
        );
        ApiError::bad_request("unknown_currency", &message, Some(field))
    })
}

fn zero_error(name: &str) -> ApiError {
    ApiError::bad_request(
        "invalid_amount",
        &format!("{name} must not be zero"),
        Some(name),
    )
}
