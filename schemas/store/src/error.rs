//! What can go wrong between us and Postgres, by what the caller should do about it.

/// Why the store could not do something.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No connection, or it broke. Try again later; nothing of this unit is committed.
    #[error("reaching postgres failed: {0}")]
    Unreachable(#[source] sqlx::Error),
    /// Postgres does not answer where the URL says. Try again later.
    #[error(
        "connecting to postgres at {at} failed: {cause}; start it there, or correct HOLDFAST_DATABASE_URL \
         (--database-url)"
    )]
    NoConnection {
        /// Host and port, or the socket.
        at: String,
        /// Why.
        cause: String,
    },
    /// The database URL cannot be read, or Postgres refuses its user, password or database.
    #[error("setting HOLDFAST_DATABASE_URL (--database-url) is wrong: {0}")]
    WrongUrl(String),
    /// Another transaction was in the way: a deadlock, a lock or statement that took too long, the same row
    /// inserted twice. The unit is rolled back and may be tried again.
    #[error("postgres asked to try again: {0}")]
    Again(#[source] sqlx::Error),
    /// COMMIT was sent and its response did not come: the unit may or may not be committed.
    #[error("the outcome of a commit is unknown: {0}")]
    Unknown(#[source] sqlx::Error),
    /// Postgres refused a statement: a defect, or data that cannot be.
    #[error("postgres refused a statement: {0}")]
    Refused(#[source] sqlx::Error),
    /// A stored value that this version cannot read.
    #[error("reading a stored {what} failed: {why}")]
    Unreadable {
        /// What it is.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// The database is not what this program needs.
    #[error("{0}")]
    Unfit(String),
}

impl StoreError {
    /// Is it the database's trouble rather than this unit's own?
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::Unreachable(_) | Self::NoConnection { .. } | Self::Again(_) | Self::Unknown(_)
        )
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let Some(code) = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
        else {
            return match error {
                sqlx::Error::ColumnDecode { .. }
                | sqlx::Error::Decode(_)
                | sqlx::Error::Encode(_)
                | sqlx::Error::RowNotFound => Self::Refused(error),
                _ => Self::Unreachable(error),
            };
        };
        match code.as_ref() {
            // deadlock, serialization, lock timeout, statement timeout, unique violation
            "40P01" | "40001" | "55P03" | "57014" | "23505" => Self::Again(error),
            // the server goes down, comes up, or has no room for us
            "57P01" | "57P02" | "57P03" | "53300" | "25006" => Self::Unreachable(error),
            _ => Self::Refused(error),
        }
    }
}
