//! Marqeta's controls as JSON (reference section 9): read from what programs send to Marqeta, or got from it, and
//! printed as Marqeta answers. Fields that are not known are passed over and nulls are absent, so that controls
//! move here as they are; what is known and wrong is refused with the field's path.

mod authorization;
mod available;
mod exemption;
mod kind;
mod mcc_group;
mod merchant_group;
mod scope;
mod velocity;

pub use available::{Available, print_available};
pub use kind::Kind;

use crate::error::WireError;
use crate::json::Object;
use crate::moment;
use holdfast_ledger::control::Definition;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{ControlToken, GroupToken, TokenError};
use serde::Serialize;
use serde_json::value::RawValue;

const TOKEN: &str = "token";

/// Reads a control or a group. `token` is its name, from the path; `created` is when a limit was first put.
///
/// # Errors
/// [`WireError`], naming the field.
pub fn read(kind: Kind, token: &str, body: &str, created: Moment) -> Result<Definition, WireError> {
    let body = Object::parse(body)?;
    Ok(match kind {
        Kind::Velocity => {
            let token = own(&body, token, ControlToken::parse)?;
            Definition::Velocity(velocity::read(&body, token, created)?)
        }
        Kind::Authorization => {
            let token = own(&body, token, ControlToken::parse)?;
            Definition::Authorization(authorization::read(&body, token)?)
        }
        Kind::Exemption => {
            let token = own(&body, token, ControlToken::parse)?;
            Definition::Exemption(exemption::read(&body, token)?)
        }
        Kind::MccGroup => {
            let token = own(&body, token, GroupToken::parse)?;
            Definition::MccGroup(mcc_group::read(&body, token)?)
        }
        Kind::MerchantGroup => {
            let token = own(&body, token, GroupToken::parse)?;
            Definition::MerchantGroup(merchant_group::read(&body, token)?)
        }
    })
}

/// The token of the path; the body may leave it out or repeat it.
fn own<T: PartialEq>(
    body: &Object<'_>,
    token: &str,
    parse: impl Fn(&str) -> Result<T, TokenError>,
) -> Result<T, WireError> {
    let own = parse(token).map_err(|source| WireError::Token {
        path: TOKEN.to_owned(),
        source,
    })?;
    match body.token(TOKEN, parse)? {
        Some(other) if other != own => Err(body.refused(
            TOKEN,
            "is not the token in the path: leave it out or repeat that",
        )),
        _ => Ok(own),
    }
}

/// When a definition was first put, and when it was changed last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// `created_time`.
    pub created: Moment,
    /// `last_modified_time`.
    pub changed: Moment,
}

/// Prints a definition as Marqeta does: defaults written out, amounts as numbers. Rules, which are ours, are printed
/// as they are.
///
/// # Errors
/// As serde does; no definition that was read is one.
pub fn print(
    definition: &Definition,
    times: Option<Times>,
) -> Result<Box<RawValue>, serde_json::Error> {
    match definition {
        Definition::Velocity(control) => timed(velocity::Shown::of(control)?, times),
        Definition::Authorization(control) => timed(authorization::Shown::of(control), times),
        Definition::Exemption(control) => timed(exemption::Shown::of(control), times),
        Definition::MccGroup(group) => timed(mcc_group::Shown::of(group)?, times),
        Definition::MerchantGroup(group) => timed(merchant_group::Shown::of(group), times),
        Definition::Rules(_, rules) => serde_json::value::to_raw_value(rules),
    }
}

#[derive(Serialize)]
struct Timed<T> {
    #[serde(flatten)]
    shown: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_modified_time: Option<String>,
}

fn timed<T: Serialize>(shown: T, times: Option<Times>) -> Result<Box<RawValue>, serde_json::Error> {
    serde_json::value::to_raw_value(&Timed {
        shown,
        created_time: times.map(|times| moment::text(times.created)),
        last_modified_time: times.map(|times| moment::text(times.changed)),
    })
}

#[cfg(test)]
mod tests;
