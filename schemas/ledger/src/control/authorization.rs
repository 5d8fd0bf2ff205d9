//! Where may be spent at all (reference section 9.2).

use super::{Applies, MerchantScope, Scope};
use crate::time::Moment;
use crate::token::ControlToken;
use serde::{Deserialize, Serialize};

/// An authorization control, or an exemption from all of them. In a program that allows by default a
/// control denies its merchants; in one that denies by default it allows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationControl {
    /// Its name for programs.
    pub token: ControlToken,
    /// Its name for people.
    pub name: String,
    /// Without effect otherwise.
    pub active: bool,
    /// The subject that it is for.
    pub applies: Applies,
    /// Which merchants, as it was said.
    pub merchants: MerchantScope,
    /// From when on; always where nothing is said.
    pub start: Option<Moment>,
    /// Until when, that moment not included; for ever where nothing is said.
    pub end: Option<Moment>,
}

impl AuthorizationControl {
    /// Is it in force at this moment?
    #[must_use]
    pub fn is_in_force(&self, at: Moment) -> bool {
        let began = self.start.is_none_or(|start| start <= at);
        self.active && began && self.end.is_none_or(|end| at < end)
    }
}

/// A control with its groups looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The control.
    pub control: AuthorizationControl,
    /// Which merchants.
    pub scope: Scope,
}
