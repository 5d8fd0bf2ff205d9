//! Every environment variable of Holdfast, whichever of its programs reads it.
//!
//! The programs of one installation often share an environment, so a setting of another program is known here.

/// The settings. Each but those of [`WITHOUT_FILE`] has a `NAME_FILE` beside it.
pub const SETTINGS: [&str; 32] = [
    "HOLDFAST_CONTENDED_WORKERS",
    "HOLDFAST_DATABASE_URL",
    "HOLDFAST_DATA_DIR",
    "HOLDFAST_DECISION_BATCH",
    "HOLDFAST_DECISION_DEADLINE",
    "HOLDFAST_DECISION_QUEUE",
    "HOLDFAST_DECISION_WORKERS",
    "HOLDFAST_GATEWAY_CREDENTIALS",
    "HOLDFAST_GATEWAY_HEADER",
    "HOLDFAST_GROUP_PREFIX",
    "HOLDFAST_KAFKA_BROKERS",
    "HOLDFAST_KAFKA_COMPRESSION",
    "HOLDFAST_KAFKA_OPTIONS",
    "HOLDFAST_LOG",
    "HOLDFAST_LOG_FORMAT",
    "HOLDFAST_MARQETA_API_PASSWORD",
    "HOLDFAST_MARQETA_API_URL",
    "HOLDFAST_MARQETA_API_USER",
    "HOLDFAST_OPERATOR_TOKEN",
    "HOLDFAST_OPERATOR_TOKENS",
    "HOLDFAST_POSTGRES_BIN",
    "HOLDFAST_PRIVATE_ADDR",
    "HOLDFAST_PRIVATE_TLS_CERT",
    "HOLDFAST_PRIVATE_TLS_CLIENT_CA",
    "HOLDFAST_PRIVATE_TLS_KEY",
    "HOLDFAST_PUBLIC_ADDR",
    "HOLDFAST_TLS_CERT",
    "HOLDFAST_TLS_CLIENT_CA",
    "HOLDFAST_TLS_KEY",
    "HOLDFAST_WEBHOOK_CREDENTIALS",
    "HOLDFAST_WEBHOOK_SECRET",
    "HOLDFAST_WORKERS_ADDR",
];

/// Settings that no file supplies.
const WITHOUT_FILE: [&str; 1] = ["HOLDFAST_POSTGRES_BIN"];

/// Beginnings of the variables of our tests and scenarios; no program reads them.
const OF_TESTS: [&str; 4] = [
    "HOLDFAST_MODEL_",
    "HOLDFAST_SCENARIO_",
    "HOLDFAST_TEST_",
    "HOLDFAST_VENDOR_SAMPLES",
];

/// Whether a variable is a setting, the file of one, or a variable that belongs to others.
pub(super) fn is_known(variable: &str) -> bool {
    let setting = setting_of(variable);
    let has_file = setting == variable || !WITHOUT_FILE.contains(&setting);
    SETTINGS.contains(&setting) && has_file
        || OF_TESTS.iter().any(|prefix| variable.starts_with(prefix))
        || is_service_link(variable)
}

/// The known variable whose name is the most alike.
pub(super) fn nearest_known(variable: &str) -> String {
    let setting = setting_of(variable);
    let distance = |known: &&&str| strsim::damerau_levenshtein(known, setting);
    let nearest = SETTINGS.iter().min_by_key(distance).unwrap_or(&SETTINGS[0]);
    match setting == variable || WITHOUT_FILE.contains(nearest) {
        true => (*nearest).to_owned(),
        false => format!("{nearest}_FILE"),
    }
}

/// The setting that a variable gives, by itself or by a file.
fn setting_of(variable: &str) -> &str {
    variable.strip_suffix("_FILE").unwrap_or(variable)
}

/// Kubernetes and Docker describe a service named `holdfast-…` to every container beside it, in such variables.
fn is_service_link(variable: &str) -> bool {
    let is_port = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    variable.ends_with("_SERVICE_HOST")
        || variable.contains("_SERVICE_PORT")
        || variable.ends_with("_PORT")
        || variable.split("_PORT_").skip(1).any(is_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_their_files_and_the_variables_of_others_are_known() {
        for known in [
            "HOLDFAST_LOG",
            "HOLDFAST_WEBHOOK_SECRET_FILE",
            "HOLDFAST_TEST_KAFKA",
            "HOLDFAST_MODEL_SEED",
            "HOLDFAST_VENDOR_SAMPLES",
            "HOLDFAST_FRONT_SERVICE_HOST",
            "HOLDFAST_FRONT_SERVICE_PORT_PUBLIC",
            "HOLDFAST_FRONT_PORT",
            "HOLDFAST_FRONT_PORT_8080_TCP_ADDR",
        ] {
            assert!(is_known(known), "{known}");
        }
        for unknown in [
            "HOLDFAST_LOGS",
            "HOLDFAST_POSTGRES_BIN_FILE",
            "HOLDFAST_FILE",
            "HOLDFAST_PORT_ADDR",
        ] {
            assert!(!is_known(unknown), "{unknown}");
        }
    }

    #[test]
    fn the_nearest_known_name_keeps_the_file() {
        for (variable, nearest) in [
            ("HOLDFAST_DATABSE_URL", "HOLDFAST_DATABASE_URL"),
            ("HOLDFAST_DB_URL_FILE", "HOLDFAST_DATABASE_URL_FILE"),
            ("HOLDFAST_POSTGRES_BIN_FILE", "HOLDFAST_POSTGRES_BIN"),
            ("HOLDFAST_KAFKA_BROKER", "HOLDFAST_KAFKA_BROKERS"),
        ] {
            assert_eq!(nearest_known(variable), nearest);
        }
    }
}
