//! How to reach Kafka.

use std::fmt;
use std::str::FromStr;

use clap::Args;

use super::SettingError;

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

    /// Further client properties, `key=value,…` (SASL and TLS need a build with `kafka-tls`)
    #[arg(
        id = "kafka-options",
        long = "kafka-options",
        env = "HOLDFAST_KAFKA_OPTIONS",
        value_name = "KEY=VALUE,…",
        default_value = "",
        hide_default_value = true
    )]
    pub options: Properties,

    /// Compression of the topics' records; gzip is the one that every client reads as installed
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

/// Client properties for librdkafka, in the order given. Values may be passwords: never printed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Properties(Vec<(String, String)>);

/// Why a text is no list of properties. It never quotes the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("item {0} must be key=value (several are separated by commas)")]
pub struct PropertiesError(usize);

impl Properties {
    /// Keys and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

impl FromStr for Properties {
    type Err = PropertiesError;

    fn from_str(text: &str) -> Result<Self, PropertiesError> {
        let mut properties = Vec::new();
        if text.trim().is_empty() {
            return Ok(Self(properties));
        }
        for (index, item) in text.split(',').enumerate() {
            let (key, value) = item.split_once('=').ok_or(PropertiesError(index + 1))?;
            if key.trim().is_empty() {
                return Err(PropertiesError(index + 1));
            }
            properties.push((key.trim().to_owned(), value.trim().to_owned()));
        }
        Ok(Self(properties))
    }
}

impl fmt::Debug for Properties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set()
            .entries(self.0.iter().map(|(key, _)| key))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_pairs_and_their_values_stay_hidden() {
        let properties: Properties = "sasl.password=a=b, client.id=x".parse().unwrap();
        let pairs: Vec<_> = properties.iter().collect();
        assert_eq!(pairs, [("sasl.password", "a=b"), ("client.id", "x")]);
        assert_eq!(
            format!("{properties:?}"),
            r#"{"sasl.password", "client.id"}"#
        );
        assert_eq!("".parse::<Properties>().unwrap(), Properties::default());
    }

    #[test]
    fn an_item_without_a_key_is_refused() {
        assert_eq!("a=1,b".parse::<Properties>(), Err(PropertiesError(2)));
        assert_eq!("=1".parse::<Properties>(), Err(PropertiesError(1)));
    }
}
