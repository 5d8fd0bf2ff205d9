//! Dead letters: what could not be applied, and how it is brought back.

mod replay;

use crate::{Store, StoreError, json};
use holdfast_ledger::time::Moment;

/// What could not be applied, with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// Its name.
    pub id: uuid::Uuid,
    /// The key of its record: the account, where one is known.
    pub key: String,
    /// The topic it was on, or went to.
    pub topic: String,
    /// Where the record was read, if it came from Kafka.
    pub origin: Option<(i32, i64)>,
    /// The Marqeta transaction, where it is one.
    pub token: Option<String>,
    /// Marqeta's state of it.
    pub state: Option<String>,
    /// Why it could not be applied.
    pub error: String,
    /// When it was parked.
    pub parked: Moment,
    /// When it was replayed.
    pub replayed: Option<Moment>,
}

/// A dead letter with what was parked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetterDetail {
    /// The dead letter.
    pub letter: DeadLetter,
    /// What the notification is now: `waiting`, `applied` or `parked`.
    pub status: Option<String>,
    /// The family of its envelope, such as `transactions`.
    pub family: Option<String>,
    /// The item as it came; may hold personal data.
    pub raw: Option<String>,
}

type DeadLetterRow = (
    uuid::Uuid,
    String,
    String,
    Option<i32>,
    Option<i64>,
    Option<String>,
    Option<String>,
    String,
    time::OffsetDateTime,
    Option<time::OffsetDateTime>,
);

fn read_dead_letter_row(row: DeadLetterRow) -> DeadLetter {
    let (id, key, topic, partition, offset, token, state, error, parked, replayed) = row;
    DeadLetter {
        id,
        key,
        topic,
        origin: partition.zip(offset),
        token,
        state,
        error,
        parked: json::moment(parked),
        replayed: replayed.map(json::moment),
    }
}

impl Store {
    /// At most `limit` dead letters, newest first, from the one before `before`; only those that were
    /// not replayed, or all.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn dead_letters(
        &self,
        open_only: bool,
        before: Option<uuid::Uuid>,
        limit: u32,
    ) -> Result<Vec<DeadLetter>, StoreError> {
        let rows: Vec<DeadLetterRow> = sqlx::query_as(include_str!("../sql/list_dead_letters.sql"))
            .bind(open_only)
            .bind(before)
            .bind(i64::from(limit))
            .fetch_all(self.pool())
            .await?;
        Ok(rows.into_iter().map(read_dead_letter_row).collect())
    }

    /// A dead letter, if there is one of this name.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn dead_letter(
        &self,
        id: uuid::Uuid,
    ) -> Result<Option<DeadLetterDetail>, StoreError> {
        let row: Option<DeadLetterRow> =
            sqlx::query_as(include_str!("../sql/read_dead_letter.sql"))
                .bind(id)
                .fetch_optional(self.pool())
                .await?;
        let Some(row) = row else { return Ok(None) };
        let letter = read_dead_letter_row(row);
        let parked: Option<(String, String, String)> =
            sqlx::query_as(include_str!("../sql/read_parked.sql"))
                .bind(&letter.token)
                .bind(&letter.state)
                .bind(&letter.key)
                .bind(self.shards().of_key(&letter.key).0)
                .fetch_optional(self.pool())
                .await?;
        let (status, family, raw) = match parked {
            Some((status, family, raw)) => (Some(status), Some(family), Some(raw)),
            None => (None, None, None),
        };
        Ok(Some(DeadLetterDetail {
            letter,
            status,
            family,
            raw,
        }))
    }
}
