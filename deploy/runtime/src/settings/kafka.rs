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
