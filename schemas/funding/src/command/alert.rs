//! Acknowledging an alert. It changes no books; the alert's own row and the audit record who did it and why.

use super::Actor;
use super::audited::{Change, CommandUnit};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use holdfast_store::alert::{Acknowledgement, Alert};
use holdfast_store::audit::{AuditAction, AuditObject};
use holdfast_store::{Store, StoreError};
use serde_json::json;

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
    let mut unit = CommandUnit::begin(store).await?;
    let is_known = unit.lock_alert(id).await?;
    let was_acknowledged = is_known.ok_or(AcknowledgeError::Unknown)?;
    let by = (actor.name.as_str(), note);
    let alert = unit.acknowledge_alert(id, by, now).await?;
    let alert = alert.ok_or(AcknowledgeError::Unknown)?;
    if !was_acknowledged {
        let account = alert.account.as_deref();
        let account = account.and_then(|token| AccountToken::parse(token).ok());
        let change = Change {
            actor,
            action: AuditAction::Acknowledged,
            object: (AuditObject::Alert, id.to_string()),
            account: account.as_ref(),
            before: Some(json!({"acknowledged": false})),
            after: Some(json!({"acknowledged": true})),
            reason: Some(note),
            at: now,
        };
        unit.commit_change(change, &[]).await?;
    }
    match &alert.acknowledged {
        Some(Acknowledgement {
            by, note: first, ..
        }) if *by != actor.name || first != note => Err(AcknowledgeError::Acknowledged {
            by: by.clone(),
            note: first.clone(),
        }),
        _ => Ok(alert),
    }
}
