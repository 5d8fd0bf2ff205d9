//! Acknowledging an alert. It changes no books, so the alert's own row records who did it and why.

use super::Actor;
use holdfast_ledger::time::Moment;
use holdfast_store::alert::{Acknowledgement, Alert};
use holdfast_store::{Store, StoreError};

/// Characters of a note.
const NOTE_MAX: usize = 1_000;

/// Why an alert was not acknowledged.
#[derive(Debug, thiserror::Error)]
pub enum AcknowledgeError {
    /// The note says nothing, or too much.
    #[error("note must have 1 to {NOTE_MAX} characters: say what was found or done")]
    Note,
    /// No alert has this name.
    #[error("there is no such alert")]
    Unknown,
    /// The alert has an acknowledgement that differs, which stays.
    #[error("the alert is acknowledged already, by {by}: {note}")]
    Acknowledged {
        /// Who did it.
        by: String,
        /// What they noted.
        note: String,
    },
    /// The database could not do it.
    #[error("{0}")]
    Store(#[from] StoreError),
}

/// Acknowledges an alert in the actor's name. The same name and note again change nothing and succeed.
///
/// # Errors
/// [`AcknowledgeError`].
pub async fn acknowledge_alert(
    store: &Store,
    actor: &Actor,
    (id, note): (uuid::Uuid, &str),
    now: Moment,
) -> Result<Alert, AcknowledgeError> {
    let note = note.trim();
    if note.is_empty() || note.chars().count() > NOTE_MAX {
        return Err(AcknowledgeError::Note);
    }
    let alert = store.acknowledge_alert(id, (&actor.0, note), now).await?;
    let alert = alert.ok_or(AcknowledgeError::Unknown)?;
    match &alert.acknowledged {
        Some(Acknowledgement {
            by, note: first, ..
        }) if *by != actor.0 || first != note => Err(AcknowledgeError::Acknowledged {
            by: by.clone(),
            note: first.clone(),
        }),
        _ => Ok(alert),
    }
}
