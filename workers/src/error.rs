//! Errors of the workers.

use holdfast_ledger::shard::Shard;
use holdfast_runtime::settings::{SETTING, SettingError};
use holdfast_store::StoreError;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};

/// Why a worker could not start, or has to restart.
#[derive(Debug, thiserror::Error)]
pub enum WorkersError {
    /// A setting is wrong.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// No broker answers.
    #[error("{0}; start it there, or correct HOLDFAST_KAFKA_BROKERS (--kafka-brokers)")]
    NoAnswer(String),
    /// A topic is missing.
    #[error(
        "topic {0} does not exist in kafka, or this process may not describe it: run `holdfast migrate`, which \
         creates it, or allow it"
    )]
    NoTopic(&'static str),
    /// A topic has another number of partitions than the database has shards.
    #[error(
        "topic {topic} has {found} partitions, but the database has {shards} shards and both must \
         be equal: delete the topic and create it with {shards} partitions"
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
        /// Kafka's error.
        code: RDKafkaErrorCode,
    },
    /// A request to Kafka failed.
    #[error("{attempted} failed: {source}")]
    Kafka {
        /// The attempted action.
        attempted: &'static str,
        /// The client library's error.
        source: KafkaError,
    },
    /// Another relay has fenced this one in Kafka: this one must stop publishing.
    #[error("another relay has taken over this slot in kafka: {0}")]
    Fenced(KafkaError),
    /// The lease ran out, or another relay has taken the slot.
    #[error("the lease of this slot is lost: another relay may publish now")]
    LeaseLost,
    /// Kafka missed a deadline.
    #[error("{0} took too long: kafka is slow, or a transaction of another producer hangs")]
    TooSlow(&'static str),
    /// An event that Kafka does not accept.
    #[error("publishing the event at position {position} of shard {} failed: {source}", shard.0)]
    Event {
        /// Its shard.
        shard: Shard,
        /// Its position.
        position: i64,
        /// The client library's error.
        source: KafkaError,
    },
    /// A request to Postgres failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The process is stopping.
    #[error("{0} was interrupted: the process is stopping")]
    Interrupted(&'static str),
}

impl WorkersError {
    /// Does every further attempt fail until an operator changes something?
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        matches!(
            self,
            Self::Setting(_)
                | Self::NoTopic(_)
                | Self::Partitions { .. }
                | Self::Store(StoreError::Unfit(_) | StoreError::WrongUrl(_))
        )
    }

    /// The error of the client library, if it is one.
    pub(crate) fn client_error(&self) -> Option<&KafkaError> {
        match self {
            Self::Kafka { source, .. } | Self::Event { source, .. } | Self::Fenced(source) => {
                Some(source)
            }
            _ => None,
        }
    }

    /// The exit code of a process that cannot start for this error: 78 when a setting is wrong.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Setting(error) => error.exit_code(),
            Self::Store(StoreError::WrongUrl(_)) => SETTING,
            _ => 1,
        }
    }

    /// Converts an error of the client library, for `map_err`.
    pub(crate) fn kafka(attempted: &'static str) -> impl FnOnce(KafkaError) -> Self {
        move |source| match is_fencing(&source) {
            true => Self::Fenced(source),
            false => Self::Kafka { attempted, source },
        }
    }
}

/// Does the error say that a newer producer with the same transactional id has fenced this one?
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
