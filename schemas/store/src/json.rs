//! Small steps between our values and the JSON in which Postgres keeps or returns them.

use crate::StoreError;
use holdfast_ledger::money::{Currency, Signed};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{AccountToken, HoldId};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::value::RawValue;
use sqlx::types::Json;

/// A column of JSON; an aggregate of nothing is null.
pub(crate) type JsonColumn = Option<Json<Box<RawValue>>>;

/// Reads a column of JSON; null is the default.
pub(crate) fn read_column<T: DeserializeOwned + Default>(
    what: &'static str,
    column: &JsonColumn,
) -> Result<T, StoreError> {
    let parse_some = |json: &Json<Box<RawValue>>| parse(what, json.0.get());
    column.as_ref().map_or_else(|| Ok(T::default()), parse_some)
}

/// Reads a stored JSON text.
pub(crate) fn parse<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| unreadable(what, &error))
}

/// Writes a value that is to be stored.
pub(crate) fn write<T: Serialize>(what: &'static str, value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| unreadable(what, &error))
}

pub(crate) fn unreadable(what: &'static str, why: &dyn std::fmt::Display) -> StoreError {
    StoreError::Unreadable {
        what,
        why: why.to_string(),
    }
}

/// Reads a stored account token.
pub(crate) fn account_token(token: &str) -> Result<AccountToken, StoreError> {
    AccountToken::parse(token).map_err(|error| unreadable("account token", &error))
}

/// Reads a stored hold's name.
pub(crate) fn hold_id(id: &str) -> Result<HoldId, StoreError> {
    HoldId::parse(id).map_err(|error| unreadable("hold name", &error))
}

/// Reads a stored currency.
pub(crate) fn currency(code: &str) -> Result<Currency, StoreError> {
    Currency::parse(code).ok_or_else(|| unreadable("currency", &code))
}

/// Reads a stored sum.
pub(crate) fn signed(text: &str) -> Result<Signed, StoreError> {
    Signed::try_from(text.to_owned()).map_err(|error| unreadable("sum", &error))
}

/// A point in time as Postgres returns it.
pub(crate) fn moment(at: time::OffsetDateTime) -> Moment {
    Moment(i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX))
}

/// A point in time as Postgres takes it. Moments outside of what it knows are the nearest one inside.
pub(crate) fn time(at: Moment) -> time::OffsetDateTime {
    const FIRST: i64 = -62_135_596_800_000;
    const LAST: i64 = 253_402_300_799_999;
    let nanos = i128::from(at.0.clamp(FIRST, LAST)) * 1_000_000;
    time::OffsetDateTime::from_unix_timestamp_nanos(nanos)
        .unwrap_or(time::OffsetDateTime::UNIX_EPOCH)
}
