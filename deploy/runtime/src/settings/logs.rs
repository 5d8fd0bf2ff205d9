//! Settings of the logs.

use clap::{Args, ValueEnum};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;

/// Filter and format of the logs.
#[derive(Debug, Clone, Args)]
pub struct LogSettings {
    /// What to log: a level, or levels by module such as `warn,holdfast_front=debug`
    #[arg(
        id = "log",
        long = "log",
        env = "HOLDFAST_LOG",
        value_name = "FILTER",
        default_value = "info", value_parser = parse_filter
    )]
    pub filter: String,

    /// Lines for people or for machines
    #[arg(
        id = "log-format",
        long = "log-format",
        env = "HOLDFAST_LOG_FORMAT",
        value_name = "FORMAT",
        value_enum,
        default_value = "text"
    )]
    pub format: LogFormat,
}

/// Form of the log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Checks a filter, so that a wrong one is refused with the other settings.
fn parse_filter(text: &str) -> Result<String, ParseError> {
    EnvFilter::try_new(text).map(|_| text.to_owned())
}
