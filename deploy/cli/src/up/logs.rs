//! Where the logs go: never over the screen.

use super::UpError;
use super::settings::Settings;
use holdfast_runtime::settings::SettingError;
use std::fs::OpenOptions;
use std::io::IsTerminal;
use std::sync::Mutex;
use tracing_subscriber::EnvFilter;

/// Starts logging. `true` when the logs stay away from the terminal, so that a screen can be drawn.
pub(super) fn start(settings: &Settings) -> Result<bool, UpError> {
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
    // Somebody who started logging before us keeps it: nothing depends on which.
    drop(started);
    Ok(!terminal || wanted.is_none())
}
