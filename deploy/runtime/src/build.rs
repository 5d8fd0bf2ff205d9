//! Which build this is: version, commit and schema.

use std::sync::OnceLock;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;

use crate::metrics::Metrics;

/// The version of all programs.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The commit that this is built from; `unknown` outside a clone of the repository.
pub const COMMIT: &str = env!("HOLDFAST_BUILD_COMMIT");

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct BuildLabel {
    version: &'static str,
    commit: &'static str,
    schema: i64,
}

/// The text of `--version` after the program's name. `schema` is the newest migration that the program knows.
pub fn describe_build(schema: i64) -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| format!("{VERSION} (commit {COMMIT}, schema {schema})"))
}

impl Metrics {
    /// A registry of a process of this build, which it exports.
    pub fn of_build(schema: i64) -> Self {
        let metrics = Self::new();
        let build = Family::<BuildLabel, Gauge>::default();
        let label = BuildLabel {
            version: VERSION,
            commit: COMMIT,
            schema,
        };
        build.get_or_create(&label).set(1);
        metrics.register(|registry| {
            let help = "1; version, commit and schema of the program are labels";
            registry.register("build_info", help, build.clone());
        });
        metrics
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_and_metric_name_the_build() {
        let expected = format!("{VERSION} (commit {COMMIT}, schema 7)");
        assert_eq!(describe_build(7), expected);
        let line = format!(
            "holdfast_build_info{{version=\"{VERSION}\",commit=\"{COMMIT}\",schema=\"7\"}} 1\n"
        );
        let text = Metrics::of_build(7).text();
        assert!(text.contains(&line), "{text}");
    }

    /// In a clone the commit is the one that is checked out.
    #[test]
    fn the_commit_is_the_one_checked_out() {
        let git = std::process::Command::new("git")
            .args(["rev-parse", "HEAD"])
            .output();
        let head = git.ok().filter(|output| output.status.success());
        match head {
            Some(head) => assert!(String::from_utf8(head.stdout).unwrap().starts_with(COMMIT)),
            None => assert_eq!(COMMIT, "unknown"),
        }
    }
}
