//! The operator's client properties, checked before any client is made: known, allowed, and fit for this build.

use holdfast_runtime::settings::{Properties, SettingError};
use rdkafka::ClientConfig;

/// The properties that this client library knows, from its documentation. One that is unknown here but that the
/// library takes is accepted too; the list only serves to find the nearest name.
const KNOWN: &str = include_str!("properties.txt");

/// Properties on which the promises of relay and consumers rest, and the reason to leave each to Holdfast.
const OWNED: [(&str, &str); 23] = [
    ("bootstrap.servers", BROKERS),
    ("metadata.broker.list", BROKERS),
    ("isolation.level", COMMITTED),
    ("transactional.id", EXACTLY_ONCE),
    ("transaction.timeout.ms", EXACTLY_ONCE),
    ("message.timeout.ms", EXACTLY_ONCE),
    ("delivery.timeout.ms", EXACTLY_ONCE),
    ("enable.idempotence", EXACTLY_ONCE),
    ("enable.gapless.guarantee", EXACTLY_ONCE),
    ("acks", EXACTLY_ONCE),
    ("request.required.acks", EXACTLY_ONCE),
    ("retries", EXACTLY_ONCE),
    ("message.send.max.retries", EXACTLY_ONCE),
    ("partitioner", SHARDS),
    ("group.id", GROUP),
    ("group.instance.id", GROUP),
    ("group.protocol", GROUP),
    ("partition.assignment.strategy", GROUP),
    ("enable.auto.commit", OFFSETS),
    ("enable.auto.offset.store", OFFSETS),
    ("auto.offset.reset", OFFSETS),
    ("enable.partition.eof", LAG),
    ("statistics.interval.ms", LAG),
];
const BROKERS: &str = "the brokers are HOLDFAST_KAFKA_BROKERS";
const COMMITTED: &str = "workers must read committed records only";
const EXACTLY_ONCE: &str = "the relay publishes each event exactly once by it";
const SHARDS: &str = "a shard is published to the partition with its number";
const GROUP: &str = "the groups follow HOLDFAST_GROUP_PREFIX and the roles";
const OFFSETS: &str = "offsets are committed after the database has the effects";
const LAG: &str = "the lag metrics need it";

/// Checks all properties.
///
/// # Errors
/// [`SettingError::Wrong`], which names the first wrong property and never a value.
pub(super) fn check_options(properties: &Properties) -> Result<(), SettingError> {
    let wrong = |reason| SettingError::wrong("HOLDFAST_KAFKA_OPTIONS", "--kafka-options", reason);
    properties
        .iter()
        .try_for_each(|(key, value)| check_option(key, value).map_err(wrong))
}

fn check_option(key: &str, value: &str) -> Result<(), String> {
    if let Some((_, reason)) = OWNED.iter().find(|(owned, _)| *owned == key) {
        return Err(format!(
            "property {key} is set by Holdfast, because {reason}; remove it"
        ));
    }
    if needs_tls(key, value) {
        return Err(format!(
            "property {key} needs a build with the feature kafka-tls; use such a build, or remove it"
        ));
    }
    if is_accepted(key, value) {
        return Ok(());
    }
    match KNOWN.lines().any(|known| known == key) {
        true => Err(format!("property {key} does not take this value")),
        false => Err(format!(
            "property {key} is unknown; the nearest known one is {}",
            nearest_known(key)
        )),
    }
}

/// Whether the client library takes the property.
fn is_accepted(key: &str, value: &str) -> bool {
    let mut config = ClientConfig::new();
    config.set(key, value);
    config.create_native_config().is_ok()
}

fn nearest_known(key: &str) -> &'static str {
    let distance = |known: &&str| strsim::damerau_levenshtein(known, key);
    KNOWN.lines().min_by_key(distance).unwrap_or_default()
}

/// OpenSSL is built in only with the feature `kafka-tls`; without it, SASL has the mechanism PLAIN alone.
fn needs_tls(key: &str, value: &str) -> bool {
    let is_supported = match key {
        "security.protocol" => ["plaintext", "sasl_plaintext"]
            .iter()
            .any(|protocol| value.eq_ignore_ascii_case(protocol)),
        "sasl.mechanism" | "sasl.mechanisms" => value == "PLAIN",
        "sasl.username" | "sasl.password" => true,
        _ => !["ssl.", "sasl.", "enable.ssl.", "enable.sasl."]
            .iter()
            .any(|start| key.starts_with(start)),
    };
    !cfg!(feature = "kafka-tls") && !is_supported
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<(), String> {
        check_options(&text.parse().unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn properties_of_tuning_are_accepted() {
        for fine in [
            "",
            "client.id=theirs,linger.ms=2",
            "security.protocol=plaintext",
        ] {
            assert_eq!(check(fine), Ok(()), "{fine}");
        }
    }

    #[test]
    fn an_unknown_property_is_named_with_the_nearest_one_and_without_its_value() {
        let refused = check("lingr.ms=hunter2").unwrap_err();
        let expected = "setting HOLDFAST_KAFKA_OPTIONS (--kafka-options) is wrong: property lingr.ms is \
                        unknown; the nearest known one is linger.ms";
        assert_eq!(refused, expected);
        let refused = check("linger.ms=hunter2").unwrap_err();
        assert!(
            refused.ends_with("property linger.ms does not take this value"),
            "{refused}"
        );
    }

    #[test]
    fn what_holdfast_owns_is_refused_with_the_reason() {
        for (owned, reason) in OWNED {
            let refused = check(&format!("client.id=x,{owned}=1")).unwrap_err();
            assert!(
                refused.contains(&format!("property {owned} is set by Holdfast")),
                "{refused}"
            );
            assert!(refused.contains(reason), "{refused}");
        }
    }

    /// A name of the list that the library does not know would be proposed, and refused then.
    #[test]
    fn the_library_knows_the_listed_and_the_owned_properties() {
        let is_unknown = |key: &str| {
            let mut config = ClientConfig::new();
            config.set(key, "?");
            let refused = config.create_native_config();
            refused.is_err_and(|error| error.to_string().contains("No such"))
        };
        assert!(is_unknown("lingr.ms"));
        let owned = OWNED.iter().map(|(key, _)| *key);
        let unknown: Vec<&str> = KNOWN
            .lines()
            .chain(owned)
            .filter(|key| is_unknown(key))
            .collect();
        assert_eq!(unknown, Vec::<&str>::new());
    }

    #[cfg(not(feature = "kafka-tls"))]
    #[test]
    fn a_build_without_tls_refuses_its_properties() {
        for text in [
            "ssl.ca.location=/x",
            "sasl.mechanisms=SCRAM-SHA-512",
            "security.protocol=SASL_SSL",
        ] {
            let refused = check(text).unwrap_err();
            assert!(refused.contains("kafka-tls"), "{refused}");
        }
        let plain = "security.protocol=SASL_PLAINTEXT,sasl.mechanisms=PLAIN,sasl.password=p";
        assert_eq!(check(plain), Ok(()));
    }
}
