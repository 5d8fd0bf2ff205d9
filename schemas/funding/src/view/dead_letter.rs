//! Dead letters.

use holdfast_events::moment;
use holdfast_store::dead_letter::{DeadLetter, DeadLetterDetail};
use serde::Serialize;
use serde_json::value::RawValue;

/// A dead letter.
#[derive(Debug, Clone, Serialize)]
pub struct DeadLetterView {
    /// Its name.
    pub id: uuid::Uuid,
    /// Key of its record.
    pub key: String,
    /// The topic it was on, or went to.
    pub topic: String,
    /// Where the record was read, if it came from Kafka.
    pub partition: Option<i32>,
    /// Its offset there.
    pub offset: Option<i64>,
    /// The Marqeta transaction.
    pub transaction: Option<String>,
    /// Marqeta's state of it.
    pub state: Option<String>,
    /// Why it could not be applied.
    pub error: String,
    /// When it was parked.
    pub parked_at: String,
    /// When it was replayed.
    pub replayed_at: Option<String>,
}

/// A dead letter with what was parked.
#[derive(Debug, Serialize)]
pub struct DeadLetterDetailView {
    /// The dead letter.
    #[serde(flatten)]
    pub letter: DeadLetterView,
    /// What the notification is now.
    pub status: Option<String>,
    /// The item as it came; a text where it is no JSON.
    pub item: Option<Box<RawValue>>,
}

impl From<DeadLetter> for DeadLetterView {
    fn from(letter: DeadLetter) -> Self {
        let (partition, offset) = letter.origin.unzip();
        Self {
            id: letter.id,
            key: letter.key,
            topic: letter.topic,
            partition,
            offset,
            transaction: letter.token,
            state: letter.state,
            error: letter.error,
            parked_at: moment::text(letter.parked),
            replayed_at: letter.replayed.map(moment::text),
        }
    }
}

impl From<DeadLetterDetail> for DeadLetterDetailView {
    fn from(detail: DeadLetterDetail) -> Self {
        let item = |raw: String| {
            RawValue::from_string(raw.clone())
                .or_else(|_| serde_json::value::to_raw_value(&raw))
                .ok()
        };
        Self {
            letter: detail.letter.into(),
            status: detail.status,
            item: detail.raw.and_then(item),
        }
    }
}
