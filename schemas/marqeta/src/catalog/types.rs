//! The table of transaction types: reference sections 3.9, 6 and 7.1; design section 2 for the roles.

/// The rows of a chapter, as a table: template, role, way, `asked` where the gateway is asked, `inferred` where the
/// reference is not sure, name, description. `..` in a name stands for anything.
macro_rules! rows {
    ($($template:ident $(($step:expr))? $role:ident $way:ident $($flag:ident)*
        $name:literal $(.. $($end:literal)?)?: $about:literal;)*) => {
        &[$(TypeEntry::new(
            pattern!($name $(.. $($end)?)?),
            $crate::catalog::Template::$template $(($step))?,
            holdfast_ledger::fact::Role::$role,
            $crate::catalog::Way::$way,
            $about,
        )$(.$flag())*),*]
    };
}

macro_rules! pattern {
    ($name:literal) => {
        $crate::catalog::Pattern::Exact($name)
    };
    ($start:literal ..) => {
        $crate::catalog::Pattern::Prefix($start)
    };
    ($start:literal .. $end:literal) => {
        $crate::catalog::Pattern::Between($start, $end)
    };
}

mod credits;
mod others;
mod purchases;

use super::{Evidence, MethodEntry, Template, Way};
use holdfast_events::Topic;
use holdfast_ledger::fact::{Role, State};

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
    /// What it tells of, for people.
    pub about: &'static str,
}

impl TypeEntry {
    const fn new(
        pattern: Pattern,
        template: Template,
        role: Role,
        way: Way,
        about: &'static str,
    ) -> Self {
        let evidence = Evidence::Established;
        Self {
            pattern,
            template,
            role,
            way,
            is_actionable: false,
            evidence,
            about,
        }
    }

    const fn asked(mut self) -> Self {
        self.is_actionable = true;
        self
    }

    const fn inferred(mut self) -> Self {
        self.evidence = Evidence::Inferred;
        self
    }

    /// The JIT methods that it comes with.
    pub fn methods(&self) -> impl Iterator<Item = &'static MethodEntry> {
        let name = match self.pattern {
            Pattern::Exact(name) => Some(name),
            Pattern::Prefix(_) | Pattern::Between(..) => None,
        };
        super::methods().filter(move |method| name.is_some_and(|name| method.comes_with(name)))
    }

    /// Marqeta's own double of another message: stored, never booked.
    #[must_use]
    pub fn is_twin(&self) -> bool {
        self.template == Template::GpaTransaction
    }

    /// Where its notifications go unless they failed.
    #[must_use]
    pub fn topic(&self) -> Topic {
        self.template.topic()
    }

    /// The states in which its message is final, as Marqeta documents them (reference section 6): money of its
    /// family is posted in these alone.
    #[must_use]
    pub fn final_states(&self) -> &'static [State] {
        match self.template {
            Template::CreditClearing | Template::CreditReversal => {
                &[State::Completion, State::Cleared]
            }
            Template::Clearing
            | Template::Debit
            | Template::DebitReversal
            | Template::Credit
            | Template::Dispute(_) => &[State::Completion],
            Template::Original
            | Template::Increment
            | Template::Advice
            | Template::Reversal
            | Template::IssuerExpiration
            | Template::CreditAuthorization
            | Template::Inquiry
            | Template::Notice
            | Template::GpaTransaction
            | Template::Elsewhere => &[],
        }
    }

    /// Does it ask for something that can be declined? When it was, the notification goes to
    /// `jit.reversals.v1`.
    #[must_use]
    pub fn is_authorization(&self) -> bool {
        match self.template {
            Template::Original
            | Template::Increment
            | Template::Debit
            | Template::CreditAuthorization => true,
            Template::Credit | Template::Clearing => self.is_actionable,
            _ => false,
        }
    }
}

/// The chapters of the table, as people read it.
pub static CHAPTERS: &[(&str, &[TypeEntry])] = &[
    ("Authorizations", purchases::HOLDS),
    ("Changes of an authorization", purchases::CHANGES),
    ("Clearings", purchases::CAPTURES),
    ("Single-message debits", purchases::DEBITS),
    ("Refunds and other credits", credits::CREDITS),
    ("Disputes", credits::DISPUTES),
    ("Inquiries and notices", others::NOTICES),
    ("Families of names", others::FAMILIES),
    ("GPA transactions", others::GPA),
    ("Money that is not in these books", others::BANKING),
];

/// The row of a type: by its name, else by its family.
#[must_use]
pub fn find_type(name: &str) -> Option<&'static TypeEntry> {
    // Exact names come before families: that is the order of the chapters.
    super::types().find(|entry| entry.pattern.matches(name))
}
