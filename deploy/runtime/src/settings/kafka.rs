//! How to reach Kafka.

use clap::Args;

use super::{Properties, SettingError};

/// How to reach Kafka.
#[derive(Debug, Clone, Args)]
pub struct KafkaSettings {
    /// Bootstrap servers, `host:port,…`
    #[arg(
        id = "kafka-brokers",
        long = "kafka-brokers",
        env = "HOLDFAST_KAFKA_BROKERS",
        value_name = "HOSTS"
    )]
    pub brokers: Option<String>,

    /// Further client properties, `key=value,…`; quote a value with commas (SASL and TLS need `kafka-tls`)
    #[arg(
        id = "kafka-options",
        long = "kafka-options",
        env = "HOLDFAST_KAFKA_OPTIONS",
        value_name = "KEY=VALUE,…",
        default_value = "",
        hide_default_value = true
    )]
    pub options: Properties,

    /// Compression of the topics' records; gzip needs no library beside a client's language
    #[arg(
        id = "kafka-compression",
        long = "kafka-compression",
        env = "HOLDFAST_KAFKA_COMPRESSION",
        value_name = "CODEC",
        value_enum,
        default_value = "gzip"
    )]
    pub compression: Compression,
}

/// Compression of records in Kafka.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Compression {
    /// None.
    None,
    /// Read by confluent-kafka, kafka-python, aiokafka, kafkajs and Java without another library.
    #[default]
    Gzip,
    /// Some clients need a library for it.
    Lz4,
    /// Some clients need a library for it; smaller than gzip.
    Zstd,
}

impl Compression {
    /// As Kafka's clients write it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Gzip => "gzip",
            Self::Lz4 => "lz4",
            Self::Zstd => "zstd",
        }
    }
}

impl KafkaSettings {
    /// The bootstrap servers, for processes that require them.
    ///
    /// # Errors
    /// When the setting is missing.
    pub fn brokers(&self) -> Result<&str, SettingError> {
        let missing = || SettingError::missing("HOLDFAST_KAFKA_BROKERS", "--kafka-brokers");
        self.brokers.as_deref().ok_or_else(missing)
    }
}
