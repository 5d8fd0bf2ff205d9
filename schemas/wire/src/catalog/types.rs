//! The table of transaction types: reference sections 3.9, 6 and 7.1; design section 2 for the roles.

mod families;
mod money;
mod notices;

pub use families::FAMILIES;

use super::{Evidence, Template, Way};
use crate::event::Topic;
use holdfast_ledger::fact::Role;

/// Which type names a row is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// This name.
    Exact(&'static str),
    /// Every name that begins so.
    Prefix(&'static str),
    /// Every name that begins and ends so.
    Between(&'static str, &'static str),
}

impl Pattern {
    /// Is the name one of the row's?
    #[must_use]
    pub fn matches(self, name: &str) -> bool {
        match self {
            Self::Exact(exact) => name == exact,
            Self::Prefix(start) => name.starts_with(start),
            Self::Between(start, end) => {
                name.len() >= start.len() + end.len()
                    && name.starts_with(start)
                    && name.ends_with(end)
            }
        }
    }
}

impl std::fmt::Display for Pattern {
    /// With `*` for what may be anything.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exact(name) => f.pad(name),
            Self::Prefix(start) => f.pad(&format!("{start}*")),
            Self::Between(start, end) => f.pad(&format!("{start}*{end}")),
        }
    }
}

/// One row: what a type means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypeEntry {
    /// Which names.
    pub pattern: Pattern,
    /// The kind of fact that it makes.
    pub template: Template,
    /// May it begin a hold?
    pub role: Role,
    /// Where its JIT block stands.
    pub way: Way,
    /// Is the gateway asked, before the notification?
    pub is_actionable: bool,
    /// How sure the reference is.
    pub evidence: Evidence,
}

impl TypeEntry {
    const fn new(pattern: Pattern, template: Template, role: Role, way: Way) -> Self {
        let evidence = Evidence::Established;
        Self {
            pattern,
            template,
            role,
            way,
            is_actionable: false,
            evidence,
        }
    }

    const fn opener(name: &'static str, template: Template, way: Way) -> Self {
        Self::new(Pattern::Exact(name), template, Role::Opener, way)
    }

    const fn follow_up(name: &'static str, template: Template, way: Way) -> Self {
        Self::new(Pattern::Exact(name), template, Role::FollowUp, way)
    }

    const fn alone(name: &'static str, template: Template, way: Way) -> Self {
        Self::new(Pattern::Exact(name), template, Role::Alone, way)
    }

    const fn asked(mut self) -> Self {
        self.is_actionable = true;
        self
    }

    const fn inferred(mut self) -> Self {
        self.evidence = Evidence::Inferred;
        self
    }

    /// Marqeta's own double of another message: stored, never booked.
    #[must_use]
    pub fn is_twin(&self) -> bool {
        self.template == Template::Twin
    }

    /// Where its notifications go unless they failed.
    #[must_use]
    pub fn topic(&self) -> Topic {
        self.template.topic()
    }

    /// Does it ask for something that can be declined? When it was, the notification goes to
    /// `jit.reversals.v1`.
    #[must_use]
    pub fn is_authorization(&self) -> bool {
        match self.template {
            Template::Opener
            | Template::Increment
            | Template::Debit
            | Template::CreditAuthorization => true,
            Template::Credit | Template::Clearing => self.is_actionable,
            _ => false,
        }
    }
}

/// Every type with a name of its own.
pub static TYPES: &[TypeEntry] = &{
    const COUNT: usize = money::ROWS.len() + notices::ROWS.len();
    let mut rows = [money::ROWS[0]; COUNT];
    let mut at = 0;
    while at < COUNT {
        let first = money::ROWS.len();
        rows[at] = if at < first {
            money::ROWS[at]
        } else {
            notices::ROWS[at - first]
        };
        at += 1;
    }
    rows
};

/// The row of a type: by its name, else by its family.
#[must_use]
pub fn find_type(name: &str) -> Option<&'static TypeEntry> {
    super::types().find(|entry| entry.pattern.matches(name))
}
