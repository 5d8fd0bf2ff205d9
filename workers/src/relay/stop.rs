//! Why a shard is not published: going on would leave an event out, or publish one twice.

/// Why a shard stopped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Stop {
    /// Kafka is ahead of the database.
    #[error(
        "kafka has position {kafka}, the database has committed {committed} only: the database was \
         restored from a backup, or kafka belongs to another one; give the restored database a new \
         incarnation, or restore what is missing, then start the relay again"
    )]
    Ahead {
        /// Last position in Kafka.
        kafka: i64,
        /// Last committed position.
        committed: i64,
    },
    /// Kafka and the database have gone different ways.
    #[error(
        "kafka has another event at position {0} than the database: the database was restored from \
         a backup and went on; give it a new incarnation, then start the relay again"
    )]
    Diverged(i64),
    /// The journal has a hole.
    #[error(
        "the journal lacks the event after position {0}: restore it, then start the relay again"
    )]
    Gap(i64),
    /// A newer version committed an event that this one does not know.
    #[error("the event at position {position} is for the unknown topic {topic}: update the relay")]
    UnknownTopic {
        /// The event's position.
        position: i64,
        /// Its topic.
        topic: String,
    },
    /// Kafka would refuse the record.
    #[error("the event at position {position} has {bytes} bytes, more than kafka takes")]
    TooLarge {
        /// The event's position.
        position: i64,
        /// Length of its value.
        bytes: usize,
    },
}
