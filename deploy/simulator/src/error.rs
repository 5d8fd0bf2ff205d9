//! Wrong settings of the simulator. A failure on the wire is a result of the simulation, not an error.

/// A setting that the simulator cannot work with.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// The public address is no `http://host:port`.
    #[error("public address is not an http url: {0}")]
    Address(String),
    /// Credentials are written `user:password`.
    #[error("credentials are not written user:password")]
    Credentials,
    /// A header that HTTP does not allow.
    #[error("header cannot be sent: {0}")]
    Header(String),
    /// ISO 4217 does not know the currency.
    #[error("unknown currency: {0}")]
    Currency(String),
    /// Traffic needs an account.
    #[error("traffic needs at least one account")]
    NoAccounts,
    /// Every story has weight zero.
    #[error("the mix of stories is empty")]
    EmptyMix,
    /// No story of that name in the catalogue.
    #[error("unknown story: {0}")]
    UnknownStory(String),
    /// An option outside its range.
    #[error("option out of range: {0}")]
    Option(&'static str),
    /// The traffic's task ended abnormally.
    #[error("traffic ended abnormally")]
    Broken,
}
