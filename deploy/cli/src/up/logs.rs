//! Where the logs go: never to a terminal with a table.

use super::UpError;
use super::settings::Settings;
use holdfast_runtime::settings::SettingError;
use std::fs::OpenOptions;
use std::io::IsTerminal;
use std::sync::Mutex;
use tracing_subscriber::EnvFilter;

/// Starts logging. True when no log goes to the terminal, so that a table can be drawn.
pub(super) fn start_logging(settings: &Settings) -> Result<bool, UpError> {
    let wanted = settings.args.log.as_deref();
    let filter = EnvFilter::try_new(wanted.unwrap_or("warn")).map_err(|error| {
        let reason = format!("{error}; try info or warn,holdfast_front=debug");
        SettingError::wrong("HOLDFAST_LOG", "--log", reason)
    })?;
    let terminal = std::io::stderr().is_terminal();
    let log = tracing_subscriber::fmt().with_env_filter(filter);
    let started = if terminal && wanted.is_none() {
        let path = settings.log_file();
        let file = OpenOptions::new().append(true).create(true).open(&path);
        let file = file.map_err(UpError::file("opening", &path))?;
        log.with_ansi(false)
            .with_writer(Mutex::new(file))
            .try_init()
    } else {
        log.with_ansi(terminal)
            .with_writer(std::io::stderr)
            .try_init()
    };
    // A logger that was started before stays: nothing depends on which one it is.
    drop(started);
    Ok(!terminal || wanted.is_none())
}
