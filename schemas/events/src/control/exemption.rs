//! Merchants that are exempt from authorization controls: Marqeta's `exemptmids` (reference section 9.2).

use super::authorization::{Common, with_merchants};
use super::scope::{self, Named};
use crate::json::FieldError;
use crate::json::Object;
use holdfast_ledger::control::AuthorizationControl;
use holdfast_ledger::token::ControlToken;
use serde::Serialize;

/// The merchant or the group stands at the top, or in `merchant_scope`.
pub(super) fn read(
    body: &Object<'_>,
    token: ControlToken,
) -> Result<AuthorizationControl, FieldError> {
    let [mid, group] = scope::merchant(body)?;
    let [mut scope_mid, mut scope_group] = [None, None];
    if let Some(scope) = scope::scope_object(body)? {
        for category in ["mcc", "mcc_group"] {
            if scope.raw(category).is_some() {
                let rule = "is not exempted: name a mid or a merchant_group_token instead";
                return Err(scope.refused(category, rule));
            }
        }
        [scope_mid, scope_group] = scope::merchant(&scope)?;
    }
    let named = [mid, group, scope_mid, scope_group];
    let several = || {
        body.refused(
            "mid",
            "or merchant_group_token may be there, not both and not twice",
        )
    };
    let merchants = scope::at_most_one(named, several)?;
    let none = || body.refused("mid", "or merchant_group_token must say which merchants");
    with_merchants(body, token, merchants.ok_or_else(none)?)
}

/// As Marqeta answers.
#[derive(Serialize)]
pub(super) struct ExemptionJson<'a> {
    #[serde(flatten)]
    common: Common<'a>,
    #[serde(flatten)]
    merchants: Named,
}

impl<'a> ExemptionJson<'a> {
    pub(super) fn of(control: &'a AuthorizationControl) -> Self {
        Self {
            common: Common::of(control),
            merchants: scope::merchant_scope(&control.merchants),
        }
    }
}
