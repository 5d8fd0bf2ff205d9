//! Why a shard is stopped: publishing it would leave an event out, or publish one twice.

/// The reason why a shard is stopped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StopReason {
    /// Kafka is ahead of the database.
    #[error(
        "kafka has position {kafka}, but the database has committed only {committed}: the database was \
         restored from a backup, or kafka belongs to another database; give the restored database a \
         new incarnation, or restore the missing events, then restart the relay"
    )]
    Ahead {
        /// Last position in Kafka.
        kafka: i64,
        /// Last committed position.
        committed: i64,
    },
    /// Kafka and the database have different events at one position.
    #[error(
        "kafka and the database have different events at position {0}: the database was restored from \
         a backup and has committed since; give it a new incarnation, then restart the relay"
    )]
    Diverged(i64),
    /// The journal has a gap.
    #[error(
        "the journal lacks the event after position {0}: restore the event, then restart the relay"
    )]
    Gap(i64),
    /// A newer version committed an event of a topic that this version does not know.
    #[error(
        "the event at position {position} belongs to the unknown topic {topic}: update the relay"
    )]
    UnknownTopic {
        /// The event's position.
        position: i64,
        /// Its topic.
        topic: String,
    },
    /// The record is larger than Kafka accepts.
    #[error("the event at position {position} has {bytes} bytes, more than kafka accepts")]
    TooLarge {
        /// The event's position.
        position: i64,
        /// Length of its value.
        bytes: usize,
    },
}
