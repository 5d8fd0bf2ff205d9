//! Configuration and log of the Kafka clients: our properties first, the operator's win.

use crate::{WorkersError, WorkersOptions};
use holdfast_runtime::settings::{Compression, Properties};
use rdkafka::ClientConfig;
use rdkafka::client::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::ConsumerContext;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{DeliveryResult, ProducerContext};

/// The Kafka cluster: its bootstrap servers and the operator's client properties.
#[derive(Debug, Clone)]
pub struct Kafka {
    brokers: String,
    properties: Properties,
    compression: Compression,
}

impl Kafka {
    /// Checks the operator's properties against what this build supports.
    ///
    /// # Errors
    /// [`WorkersError::NeedsTls`] if a property needs the feature `kafka-tls` and this build lacks it.
    pub fn new(brokers: impl Into<String>, properties: Properties) -> Result<Self, WorkersError> {
        let unfit = properties.iter().find(|(key, value)| needs_tls(key, value));
        match unfit {
            Some((key, _)) => Err(WorkersError::NeedsTls(key.to_owned())),
            None => Ok(Self {
                brokers: brokers.into(),
                properties,
                compression: Compression::default(),
            }),
        }
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
}

/// Logs what a client reports by callback: its log lines and the errors of its connections. All other
/// errors are returned by the calls that meet them.
pub(crate) struct ClientLog;

impl ClientContext for ClientLog {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        log_client_message(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        log_client_error(&error, reason);
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

/// Logs an error that a client reports. The end of a partition is not one.
pub(crate) fn log_client_error(error: &KafkaError, reason: &str) {
    let end = Some(RDKafkaErrorCode::PartitionEOF);
    if !matches!(error, KafkaError::PartitionEOF(_)) && error.rdkafka_error_code() != end {
        tracing::warn!(%error, reason, "The Kafka client reports an error");
    }
}

/// OpenSSL is built in only with the feature `kafka-tls`; SASL needs it too.
fn needs_tls(key: &str, value: &str) -> bool {
    let named =
        key.starts_with("ssl.") || key.starts_with("sasl.") || key.starts_with("enable.ssl.");
    let protocol = key == "security.protocol" && !value.eq_ignore_ascii_case("plaintext");
    !cfg!(feature = "kafka-tls") && (named || protocol)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_operators_properties_override_ours() {
        let properties = "client.id=theirs".parse().unwrap();
        let kafka = Kafka::new("localhost:1", properties).unwrap();
        assert_eq!(
            kafka.client_config(&[("acks", "all")]).get("client.id"),
            Some("theirs")
        );
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

    #[cfg(not(feature = "kafka-tls"))]
    #[test]
    fn a_build_without_tls_refuses_its_properties() {
        for text in [
            "ssl.ca.location=/x",
            "sasl.username=u",
            "security.protocol=SASL_SSL",
        ] {
            let refused = Kafka::new("localhost:1", text.parse().unwrap()).unwrap_err();
            assert!(refused.to_string().contains("kafka-tls"), "{refused}");
        }
        let plain = "security.protocol=plaintext".parse().unwrap();
        assert!(Kafka::new("localhost:1", plain).is_ok());
    }
}
