//! How Kafka's clients are made: our settings first, the operator's last.

use crate::{WorkersError, WorkersOptions};
use holdfast_runtime::settings::Properties;
use rdkafka::ClientConfig;
use rdkafka::client::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::consumer::ConsumerContext;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{DeliveryResult, ProducerContext};

/// Where Kafka is, and what else the operator wants its clients to know.
#[derive(Debug, Clone)]
pub struct Kafka {
    brokers: String,
    properties: Properties,
}

impl Kafka {
    /// Takes the operator's settings.
    ///
    /// # Errors
    /// [`WorkersError::NeedsTls`] when they ask for what this build has not got.
    pub fn new(brokers: impl Into<String>, properties: Properties) -> Result<Self, WorkersError> {
        let unfit = properties.iter().find(|(key, value)| needs_tls(key, value));
        match unfit {
            Some((key, _)) => Err(WorkersError::NeedsTls(key.to_owned())),
            None => Ok(Self {
                brokers: brokers.into(),
                properties,
            }),
        }
    }

    /// As the workers' options say.
    ///
    /// # Errors
    /// As for [`Kafka::new`].
    pub(crate) fn from_options(options: &WorkersOptions) -> Result<Self, WorkersError> {
        Self::new(options.brokers.clone(), options.kafka.clone())
    }

    /// The configuration of a client with these properties of its own.
    pub(crate) fn config(&self, own: &[(&str, &str)]) -> ClientConfig {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", &self.brokers);
        config.set("client.id", "holdfast");
        for (key, value) in own.iter().copied().chain(self.properties.iter()) {
            config.set(key, value);
        }
        config
    }
}

/// Hears what a client complains of. The end of a partition is no trouble, and other errors come back
/// from the calls that meet them: this is for the connections.
pub(crate) struct Listener;

impl ClientContext for Listener {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        said(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        heard(&error, reason);
    }
}

impl ConsumerContext for Listener {}

impl ProducerContext for Listener {
    type DeliveryOpaque = ();

    /// A record that fails fails its transaction, which says so when it is committed.
    fn delivery(&self, _: &DeliveryResult<'_>, _: Self::DeliveryOpaque) {}
}

/// Passes on what a client says of itself. Its errors are no more than warnings here: what matters of
/// them comes back from the call that failed, and is judged there.
pub(crate) fn said(level: RDKafkaLogLevel, facility: &str, message: &str) {
    match level {
        RDKafkaLogLevel::Debug => tracing::debug!(facility, message, "The Kafka client says"),
        RDKafkaLogLevel::Info | RDKafkaLogLevel::Notice => {
            tracing::info!(facility, message, "The Kafka client says");
        }
        _ => tracing::warn!(facility, message, "The Kafka client warns"),
    }
}

/// Logs what a client complains of.
pub(crate) fn heard(error: &KafkaError, reason: &str) {
    let end = Some(RDKafkaErrorCode::PartitionEOF);
    if !matches!(error, KafkaError::PartitionEOF(_)) && error.rdkafka_error_code() != end {
        tracing::warn!(%error, reason, "The Kafka client has trouble");
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
    fn the_operators_properties_win() {
        let properties = "client.id=theirs".parse().unwrap();
        let kafka = Kafka::new("localhost:1", properties).unwrap();
        assert_eq!(
            kafka.config(&[("acks", "all")]).get("client.id"),
            Some("theirs")
        );
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
