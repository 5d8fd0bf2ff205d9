//! Logs to standard error, as text for people or as JSON for machines.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;

use crate::settings::{LogFormat, LogSettings};

/// Logging could not be started.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The filter does not parse.
    #[error(
        "HOLDFAST_LOG (--log): cannot read the filter: {0}; try `info` or `warn,holdfast=debug`"
    )]
    Filter(#[from] ParseError),
    /// This process has a subscriber already.
    #[error("cannot start logging twice in one process")]
    Twice,
}

/// Sends the process's logs to standard error from now on.
///
/// # Errors
/// When the filter is wrong, or when logging was started before.
pub fn start_logging(settings: &LogSettings) -> Result<(), LogError> {
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_new(&settings.filter)?)
        .with_writer(std::io::stderr);
    let started = match settings.format {
        LogFormat::Text => builder
            .with_ansi(std::io::stderr().is_terminal())
            .try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    started.map_err(|_| LogError::Twice)
}
