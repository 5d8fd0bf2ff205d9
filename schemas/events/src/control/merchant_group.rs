//! Groups of merchants (reference section 9.2).

use crate::json::FieldError;
use crate::json::Object;
use holdfast_ledger::control::MerchantGroup;
use holdfast_ledger::token::GroupToken;
use serde::Serialize;
use std::collections::BTreeSet;

const NAME_CHARS_MAX: usize = 40;

pub(super) fn read(body: &Object<'_>, token: GroupToken) -> Result<MerchantGroup, FieldError> {
    let name = body.text("name")?.ok_or_else(|| body.missing("name"))?;
    if name.chars().count() > NAME_CHARS_MAX {
        let rule = format!("must have at most {NAME_CHARS_MAX} characters");
        return Err(body.refused("name", rule));
    }
    if body.flag("active")? == Some(false) {
        let rule = "must be true: a group that is not wanted any more is deleted";
        return Err(body.refused("active", rule));
    }
    let mids = body.texts("mids")?.ok_or_else(|| body.missing("mids"))?;
    Ok(MerchantGroup {
        token,
        name,
        mids: mids.into_iter().collect(),
    })
}

/// As Marqeta answers.
#[derive(Serialize)]
pub(super) struct MerchantGroupJson<'a> {
    token: &'a str,
    name: &'a str,
    /// A group is active as long as it is there.
    active: bool,
    mids: &'a BTreeSet<String>,
}

impl<'a> MerchantGroupJson<'a> {
    pub(super) fn of(group: &'a MerchantGroup) -> Self {
        Self {
            token: group.token.as_str(),
            name: &group.name,
            active: true,
            mids: &group.mids,
        }
    }
}
