//! Where may be spent (reference section 9.2).

use super::scope::{self, Named};
use crate::json::FieldError;
use crate::json::Object;
use crate::moment;
use holdfast_ledger::control::{AuthorizationControl, MerchantScope};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::ControlToken;
use serde::Serialize;

pub(super) fn read(
    body: &Object<'_>,
    token: ControlToken,
) -> Result<AuthorizationControl, FieldError> {
    with_merchants(body, token, scope::merchants(body)?)
}

/// What authorization controls and exemptions have in common.
pub(super) fn with_merchants(
    body: &Object<'_>,
    token: ControlToken,
    merchants: MerchantScope,
) -> Result<AuthorizationControl, FieldError> {
    let name = body.text("name")?.ok_or_else(|| body.missing("name"))?;
    let (start, end) = (body.moment("start_time")?, body.moment("end_time")?);
    if start.zip(end).is_some_and(|(start, end)| end <= start) {
        return Err(body.refused("end_time", "must be after start_time"));
    }
    Ok(AuthorizationControl {
        token,
        name,
        active: body.flag("active")?.unwrap_or(true),
        applies: scope::applies(body)?,
        merchants,
        start,
        end,
    })
}

/// As Marqeta answers.
#[derive(Serialize)]
pub(super) struct AuthorizationControlJson<'a> {
    #[serde(flatten)]
    common: Common<'a>,
    merchant_scope: Named,
}

/// What is printed of authorization controls and exemptions alike.
#[derive(Serialize)]
pub(super) struct Common<'a> {
    token: &'a str,
    name: &'a str,
    active: bool,
    association: Named,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_time: Option<String>,
}

impl<'a> Common<'a> {
    pub(super) fn of(control: &'a AuthorizationControl) -> Self {
        let text = |at: Option<Moment>| at.map(moment::text);
        Self {
            token: control.token.as_str(),
            name: &control.name,
            active: control.active,
            association: scope::association(&control.applies),
            start_time: text(control.start),
            end_time: text(control.end),
        }
    }
}

impl<'a> AuthorizationControlJson<'a> {
    pub(super) fn of(control: &'a AuthorizationControl) -> Self {
        Self {
            common: Common::of(control),
            merchant_scope: scope::merchant_scope(&control.merchants),
        }
    }
}
