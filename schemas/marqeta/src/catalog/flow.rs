//! Which order a message comes in, as the table says it.

/// Where the JIT block of a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// `gpa_order`.
    Load,
    /// `gpa_order_unload`.
    Unload,
    /// Either, by what it undoes.
    Either,
    /// No order: no money moves.
    None,
}

impl Way {
    /// As it is printed.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Unload => "unload",
            Self::Either => "either",
            Self::None => "none",
        }
    }
}
