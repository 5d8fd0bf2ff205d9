//! Why a worker cannot go on.

use holdfast_ledger::shard::Shard;
use holdfast_store::StoreError;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};

/// Why a worker could not start, or had to begin anew.
#[derive(Debug, thiserror::Error)]
pub enum WorkersError {
    /// A client property that this build cannot honour.
    #[error(
        "setting HOLDFAST_KAFKA_OPTIONS (--kafka-options) names {0}, which needs a build with the \
         feature kafka-tls; use such a build, or leave the property out"
    )]
    NeedsTls(String),
    /// A topic is missing.
    #[error("topic {0} does not exist in kafka: run `holdfast migrate`, which creates it")]
    NoTopic(&'static str),
    /// A topic does not fit the database.
    #[error(
        "topic {topic} has {found} partitions, but the database has {shards} shards and both must \
         be equal: create the topic anew with {shards} partitions"
    )]
    Partitions {
        /// Its name.
        topic: &'static str,
        /// How many it has.
        found: usize,
        /// How many it should have.
        shards: usize,
    },
    /// A topic could not be created.
    #[error("creating topic {topic} failed: {code}")]
    Create {
        /// Its name.
        topic: String,
        /// What Kafka said.
        code: RDKafkaErrorCode,
    },
    /// Kafka did not do what was asked.
    #[error("{attempted} failed: {source}")]
    Kafka {
        /// What was attempted.
        attempted: &'static str,
        /// What the client library said.
        source: KafkaError,
    },
    /// Another relay has taken over in Kafka: ours must not publish any more.
    #[error("another relay has taken over this slot in kafka: {0}")]
    Fenced(KafkaError),
    /// The lease ran out, or another relay has taken the slot.
    #[error("the lease of this slot is lost: another relay may publish now")]
    LeaseLost,
    /// Kafka was not done in time.
    #[error("{0} took too long: kafka is slow, or a transaction of another program hangs")]
    TooSlow(&'static str),
    /// An event that Kafka cannot take.
    #[error("publishing the event at position {position} of shard {} failed: {source}", shard.0)]
    Event {
        /// Its shard.
        shard: Shard,
        /// Its position.
        position: i64,
        /// What the client library said.
        source: KafkaError,
    },
    /// Postgres did not do what was asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The program is ending.
    #[error("the program ended while it was {0}")]
    Interrupted(&'static str),
}

impl WorkersError {
    /// Will it be the same at the next attempt, until somebody changes something?
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        matches!(
            self,
            Self::NeedsTls(_)
                | Self::NoTopic(_)
                | Self::Partitions { .. }
                | Self::Store(StoreError::Unfit(_))
        )
    }

    /// Turns a client library's error into ours, for `map_err`.
    pub(crate) fn kafka(attempted: &'static str) -> impl FnOnce(KafkaError) -> Self {
        move |source| match is_fencing(&source) {
            true => Self::Fenced(source),
            false => Self::Kafka { attempted, source },
        }
    }
}

/// Has a producer with the same transactional id been initialised after ours?
fn is_fencing(error: &KafkaError) -> bool {
    let code = match error {
        KafkaError::Transaction(error) => Some(error.code()),
        other => other.rdkafka_error_code(),
    };
    matches!(
        code,
        Some(
            RDKafkaErrorCode::Fenced
                | RDKafkaErrorCode::ProducerFenced
                | RDKafkaErrorCode::InvalidProducerEpoch
        )
    )
}
