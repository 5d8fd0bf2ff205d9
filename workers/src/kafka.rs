//! How Kafka's clients are made: our settings first, the operator's last.

use crate::{WorkersError, WorkersOptions};
use holdfast_runtime::settings::Properties;
use rdkafka::ClientConfig;

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
            None => Ok(Self { brokers: brokers.into(), properties }),
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

/// OpenSSL is built in only with the feature `kafka-tls`; SASL needs it too.
fn needs_tls(key: &str, value: &str) -> bool {
    let named = key.starts_with("ssl.") || key.starts_with("sasl.") || key.starts_with("enable.ssl.");
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
        assert_eq!(kafka.config(&[("acks", "all")]).get("client.id"), Some("theirs"));
    }

    #[cfg(not(feature = "kafka-tls"))]
    #[test]
    fn a_build_without_tls_refuses_its_properties() {
        for text in ["ssl.ca.location=/x", "sasl.username=u", "security.protocol=SASL_SSL"] {
            let refused = Kafka::new("localhost:1", text.parse().unwrap()).unwrap_err();
            assert!(refused.to_string().contains("kafka-tls"), "{refused}");
        }
        let plain = "security.protocol=plaintext".parse().unwrap();
        assert!(Kafka::new("localhost:1", plain).is_ok());
    }
}
