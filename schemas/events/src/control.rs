//! Controls and groups as our private API takes and shows them.
//!
//! The shapes follow Marqeta's names (reference section 9), so that operators can paste what they have: every field
//! that Marqeta publishes is accepted, and null is absent, as at Marqeta. A published field without effect here is
//! kept, shown unchanged and warned of; an unpublished field, or one with a wrong value, is refused with its path.

mod authorization;
mod available;
mod exemption;
mod fields;
mod given;
mod kind;
mod mcc_group;
mod merchant_group;
mod money_in;
mod scope;
mod velocity;

pub use available::{Available, print_available};
pub use given::GivenFields;
pub use kind::Kind;
pub use money_in::MONEY_IN_FAMILIES;

use crate::json::FieldError;
use crate::json::Object;
use crate::moment;
use holdfast_ledger::control::Definition;
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::{ControlToken, GroupToken, TokenError};
use serde::Serialize;
use serde_json::value::RawValue;

const TOKEN: &str = "token";

/// A control or a group as it was read.
#[derive(Debug, Clone)]
pub struct ParsedControl {
    /// What is in force.
    pub definition: Definition,
    /// What is shown as it was given.
    pub given: GivenFields,
}

/// Reads a control or a group. `token` is its name, from the path; `created` is when a limit was first put.
///
/// # Errors
/// [`FieldError`], naming the field.
pub fn parse_control(
    kind: Kind,
    token: &str,
    body: &str,
    created: Moment,
) -> Result<ParsedControl, FieldError> {
    let body = Object::parse(body)?;
    fields::check_fields(kind, &body)?;
    Ok(ParsedControl {
        definition: parse_definition(kind, token, &body, created)?,
        given: GivenFields::of_body(kind, &body)?,
    })
}

fn parse_definition(
    kind: Kind,
    token: &str,
    body: &Object<'_>,
    created: Moment,
) -> Result<Definition, FieldError> {
    let control = |body| keep_unchanged_fields(body, token, ControlToken::parse);
    let group = |body| keep_unchanged_fields(body, token, GroupToken::parse);
    Ok(match kind {
        Kind::Velocity => Definition::Velocity(velocity::read(body, control(body)?, created)?),
        Kind::Authorization => {
            Definition::Authorization(authorization::read(body, control(body)?)?)
        }
        Kind::Exemption => Definition::Exemption(exemption::read(body, control(body)?)?),
        Kind::MccGroup => Definition::MccGroup(mcc_group::read(body, group(body)?)?),
        Kind::MerchantGroup => Definition::MerchantGroup(merchant_group::read(body, group(body)?)?),
    })
}

/// The token of the path; the body may leave it out or repeat it.
fn keep_unchanged_fields<T: PartialEq>(
    body: &Object<'_>,
    token: &str,
    parse: impl Fn(&str) -> Result<T, TokenError>,
) -> Result<T, FieldError> {
    let own = parse(token).map_err(|source| FieldError::Token {
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

/// Prints a definition as Marqeta does: defaults written out, amounts as numbers, given fields as they were given, and
/// `warnings` where one of them has no effect. Rules, which are ours, are printed as they are.
///
/// # Errors
/// As serde does; no definition that was read is one.
pub fn print(
    definition: &Definition,
    given: &GivenFields,
    times: Option<Times>,
) -> Result<Box<RawValue>, serde_json::Error> {
    let (kind, printed) = match definition {
        Definition::Velocity(control) => (
            Kind::Velocity,
            add_times(velocity::VelocityControlJson::of(control)?, times)?,
        ),
        Definition::Authorization(control) => (
            Kind::Authorization,
            add_times(authorization::AuthorizationControlJson::of(control), times)?,
        ),
        Definition::Exemption(control) => (
            Kind::Exemption,
            add_times(exemption::ExemptionJson::of(control), times)?,
        ),
        Definition::MccGroup(group) => (
            Kind::MccGroup,
            add_times(mcc_group::MccGroupJson::of(group)?, times)?,
        ),
        Definition::MerchantGroup(group) => (
            Kind::MerchantGroup,
            add_times(merchant_group::MerchantGroupJson::of(group), times)?,
        ),
        Definition::Rules(_, rules) => return serde_json::value::to_raw_value(rules),
    };
    let mut warnings = given.warnings(kind);
    if let Definition::Velocity(control) = definition {
        warnings.extend(velocity::warnings(control));
    }
    given::overlay(printed, given, &warnings)
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

fn add_times<T: Serialize>(
    shown: T,
    times: Option<Times>,
) -> Result<Box<RawValue>, serde_json::Error> {
    serde_json::value::to_raw_value(&Timed {
        shown,
        created_time: times.map(|times| moment::text(times.created)),
        last_modified_time: times.map(|times| moment::text(times.changed)),
    })
}

#[cfg(test)]
mod tests;
