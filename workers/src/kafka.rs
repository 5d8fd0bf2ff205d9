//! Configuration and log of the Kafka clients: the operator's properties may tune them, and not what relay and
//! consumers rely on.

mod failures;
mod options;
mod probe;

pub(crate) use failures::{ClientFailures, FailureKind};
pub(crate) use probe::{Probe, fetch_metadata};

use crate::{WorkersError, WorkersOptions};
use holdfast_runtime::settings::{Compression, Properties, SettingError};
use rdkafka::ClientConfig;
use rdkafka::client::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::ConsumerContext;
use rdkafka::error::KafkaError;
use rdkafka::producer::{DeliveryResult, ProducerContext};

/// The Kafka cluster: its bootstrap servers, the operator's client properties, and what it refuses. Clones share
/// what is refused.
#[derive(Debug, Clone)]
pub struct Kafka {
    brokers: String,
    properties: Properties,
    compression: Compression,
    failures: ClientFailures,
}

impl Kafka {
    /// Checks the operator's properties: known, not owned by Holdfast, supported by this build.
    ///
    /// # Errors
    /// [`WorkersError::Setting`], which names the property.
    pub fn new(brokers: impl Into<String>, properties: Properties) -> Result<Self, WorkersError> {
        Self::check_options(&properties)?;
        Ok(Self {
            brokers: brokers.into(),
            properties,
            compression: Compression::default(),
            failures: ClientFailures::default(),
        })
    }

    /// Checks properties alone, for programs that start something else first.
    ///
    /// # Errors
    /// [`SettingError::Wrong`].
    pub fn check_options(properties: &Properties) -> Result<(), SettingError> {
        options::check_options(properties)
    }

    /// The cluster that the workers' options name.
    ///
    /// # Errors
    /// As for [`Kafka::new`].
    pub(crate) fn from_options(options: &WorkersOptions) -> Result<Self, WorkersError> {
        let kafka = Self::new(options.brokers.clone(), options.kafka.clone())?;
        Ok(Self {
            compression: options.compression,
            ..kafka
        })
    }

    /// How published records are compressed.
    pub(crate) fn compression(&self) -> Compression {
        self.compression
    }

    /// The configuration of a client with these properties of its own.
    pub(crate) fn client_config(&self, own: &[(&str, &str)]) -> ClientConfig {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", &self.brokers);
        config.set("client.id", "holdfast");
        for (key, value) in own.iter().copied().chain(self.properties.iter()) {
            config.set(key, value);
        }
        config
    }

    /// The context of a client: it logs, and records failures.
    pub(crate) fn client_log(&self) -> ClientLog {
        ClientLog(self.failures.clone())
    }

    /// What this process's clients were refused.
    pub(crate) fn failures(&self) -> &ClientFailures {
        &self.failures
    }

    /// Says that no broker answers, and the last cause, which the client reports by callback.
    pub(crate) fn no_answer(&self, error: &KafkaError) -> String {
        let cause = self.failures.connection_cause();
        let cause = cause.unwrap_or_else(|| error.to_string());
        format!("kafka at {} does not answer: {cause}", self.brokers)
    }
}

/// Logs what a client reports by callback: its log lines and the errors of its connections. All other
/// errors are returned by the calls that meet them.
pub(crate) struct ClientLog(ClientFailures);

impl ClientContext for ClientLog {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        log_client_message(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        self.0.record_reported(&error, reason);
    }
}

impl ConsumerContext for ClientLog {}

impl ProducerContext for ClientLog {
    type DeliveryOpaque = ();

    /// A failed record fails its transaction: the commit returns the error.
    fn delivery(&self, _: &DeliveryResult<'_>, _: Self::DeliveryOpaque) {}
}

/// Logs a client's log line. Its errors become warnings: the call that failed returns the error, and its
/// caller decides what it means.
pub(crate) fn log_client_message(level: RDKafkaLogLevel, facility: &str, message: &str) {
    match level {
        RDKafkaLogLevel::Debug => {
            tracing::debug!(facility, message, "Log line of the Kafka client")
        }
        RDKafkaLogLevel::Info | RDKafkaLogLevel::Notice => {
            tracing::info!(facility, message, "Log line of the Kafka client");
        }
        _ => tracing::warn!(facility, message, "Warning of the Kafka client"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operators_properties_override_ours() {
        let properties = "client.id=theirs".parse().unwrap();
        let kafka = Kafka::new("localhost:1", properties).unwrap();
        let config = kafka.client_config(&[("linger.ms", "1")]);
        assert_eq!(config.get("client.id"), Some("theirs"));
        assert_eq!(config.get("linger.ms"), Some("1"));
    }

    #[test]
    fn records_are_compressed_as_the_setting_says() {
        let metrics = holdfast_runtime::metrics::Metrics::new();
        let mut options = WorkersOptions::new("localhost:1", metrics);
        let usual = Kafka::from_options(&options).unwrap();
        assert_eq!(usual.compression().as_str(), "gzip");
        options.compression = Compression::Zstd;
        let other = Kafka::from_options(&options).unwrap();
        assert_eq!(other.compression().as_str(), "zstd");
    }
}
