//! How far a notification has come.

/// How far a stored notification has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotificationStatus {
    /// A worker has yet to apply it.
    Waiting,
    /// It is booked, or is known to book nothing.
    Applied,
    /// It could not be applied; a dead letter says why.
    Parked,
}

impl NotificationStatus {
    /// The status as it is stored and shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Applied => "applied",
            Self::Parked => "parked",
        }
    }

    /// Reads a stored status.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Waiting, Self::Applied, Self::Parked]
            .into_iter()
            .find(|status| status.as_str() == text)
    }
}
