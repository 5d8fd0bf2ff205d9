//! The table of JIT methods: reference section 2. Open: what is not here is unknown, not an error.

/// The rows of the table: template, way, `asked` where the gateway is asked, `inferred` where the reference is not
/// sure, name, and the types that it comes with beside the one of its own name.
macro_rules! rows {
    ($($template:ident $(($step:expr))? $way:ident $($flag:ident)*
        $name:literal $(with $($with:literal),+)?;)*) => {
        &[$(MethodEntry {
            types: &[$($($with),+)?],
            ..MethodEntry::new($name, Template::$template $(($step))?, Way::$way)$(.$flag())*
        }),*]
    };
}

mod rows;

pub use rows::METHODS;

use super::{Evidence, Template, Way};

/// One row: what a method means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MethodEntry {
    /// The name.
    pub name: &'static str,
    /// What it does where the transaction's type does not say.
    pub template: Template,
    /// Where its JIT block stands.
    pub way: Way,
    /// Is the gateway asked?
    pub is_actionable: bool,
    /// How sure the reference is.
    pub evidence: Evidence,
    /// Types of transaction that it comes with; the one of its own name unless said.
    types: &'static [&'static str],
}

impl MethodEntry {
    const fn new(name: &'static str, template: Template, way: Way) -> Self {
        let evidence = Evidence::Established;
        Self {
            name,
            template,
            way,
            is_actionable: false,
            evidence,
            types: &[],
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

    /// Does it come with this type of transaction?
    #[must_use]
    pub fn comes_with(&self, transaction_type: &str) -> bool {
        let own = self.name.strip_prefix("pgfs.") == Some(transaction_type);
        own || self.types.contains(&transaction_type)
    }
}

/// The row of a method.
#[must_use]
pub fn find_method(name: &str) -> Option<&'static MethodEntry> {
    METHODS.iter().find(|method| method.name == name)
}

/// Is it a method of the table, or named like a type of the table? Newer methods are (reference section 2).
#[must_use]
pub fn is_known_method(name: &str) -> bool {
    let names_type = || {
        name.strip_prefix("pgfs.")
            .and_then(super::find_type)
            .is_some()
    };
    find_method(name).is_some() || names_type()
}
