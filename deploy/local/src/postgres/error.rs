//! Why there is no Postgres.

use std::io;
use std::path::{Path, PathBuf};

/// Why Postgres could not be found, started or stopped.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    /// The configured folder has no usable server.
    #[error(
        "HOLDFAST_POSTGRES_BIN: no Postgres server (programs `postgres` and `initdb`, version 14 \
         or newer) in {path}", path = .0.display()
    )]
    NoServerIn(PathBuf),
    /// The files were made by a version that the configured folder does not have.
    #[error(
        "HOLDFAST_POSTGRES_BIN: the database was made by Postgres {wanted}, but {path} holds \
         another version; use that version or another data directory", path = .path.display()
    )]
    OtherVersion {
        /// Version of the files.
        wanted: u32,
        /// The configured folder.
        path: PathBuf,
    },
    /// Nothing on this machine, and fetching failed.
    #[error(
        "cannot fetch Postgres: {0}; connect to the network once, or install Postgres 14 or \
         newer, or set HOLDFAST_DATABASE_URL"
    )]
    Fetch(String),
    /// Another process uses the folder.
    #[error(
        "another holdfast uses {path} (pid {pid}); stop it or choose another data directory",
        path = .path.display()
    )]
    InUse {
        /// The folder.
        path: PathBuf,
        /// The process that uses it.
        pid: String,
    },
    /// A file or folder could not be read or written.
    #[error("cannot {action} {path}: {source}", path = .path.display())]
    File {
        /// What was attempted.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A program could not be run.
    #[error("cannot run {path}: {source}", path = .path.display())]
    Run {
        /// The program.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The files could not be initialised.
    #[error("cannot initialise the database with {program}: {output}")]
    Initialise {
        /// The program that failed.
        program: &'static str,
        /// Its output.
        output: String,
    },
    /// The password file is gone, though the database is there.
    #[error(
        "cannot read the database's password from {path}: {source}; restore the file or remove \
         the whole folder to start with an empty database", path = .path.display()
    )]
    Password {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The server ended or did not become ready.
    #[error("cannot start Postgres, see {log}: {output}", log = .log.display())]
    Start {
        /// The log file.
        log: PathBuf,
        /// Its end.
        output: String,
    },
    /// Running as root without any other user to run Postgres as.
    #[error("cannot run Postgres as root, and /etc/passwd has neither `postgres` nor `nobody`")]
    NoUser,
    /// The server did not end.
    #[error("cannot stop Postgres (pid {0}): it still runs after SIGKILL; stop it manually")]
    Stop(u32),
    /// This process ends.
    #[error("interrupted while working on Postgres")]
    Interrupted,
}

/// For `map_err`: names what was attempted on which path.
pub(super) fn on(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> PostgresError {
    let path = path.to_owned();
    move |source| PostgresError::File {
        action,
        path,
        source,
    }
}
