//! Who acts, and why.

/// The operator who gives a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Recorded with every change.
    pub name: String,
    /// What the operator may do: `operator`, `admin`, or `command_line` for who has the database itself.
    pub role: &'static str,
    /// Where the command came from: an address of the network, or a host's name.
    pub address: Option<String>,
    /// Why, for commands that ask for no reason of their own.
    pub reason: Option<String>,
}

impl Actor {
    /// An operator of this name and role, from nowhere in particular.
    #[must_use]
    pub fn new(name: impl Into<String>, role: &'static str) -> Self {
        Self {
            name: name.into(),
            role,
            address: None,
            reason: None,
        }
    }
}
