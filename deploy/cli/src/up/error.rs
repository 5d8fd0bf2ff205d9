//! Why `holdfast up` failed.

use holdfast_demo::DemoError;
use holdfast_front::FrontError;
use holdfast_local::{BrokerError, PostgresError};
use holdfast_runtime::serve::BindError;
use holdfast_runtime::settings::SettingError;
use holdfast_store::StoreError;
use holdfast_workers::WorkersError;
use std::io;
use std::path::{Path, PathBuf};

/// Why `holdfast up` failed, one sentence for the user each.
#[derive(Debug, thiserror::Error)]
pub(super) enum UpError {
    /// A setting is wrong.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// A file of the data folder cannot be used.
    #[error("{attempted} {path} failed: {source}; give another folder with --data-dir", path = .path.display())]
    File {
        /// What was attempted.
        attempted: &'static str,
        /// On which file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The file of credentials lacks one.
    #[error("{path} has no line {1}=…: add it, or remove the file to generate new ones", path = .0.display())]
    MissingCredential(PathBuf, String),
    /// An address is taken.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// Postgres did not start.
    #[error(transparent)]
    Postgres(#[from] PostgresError),
    /// The broker did not start.
    #[error(transparent)]
    Broker(#[from] BrokerError),
    /// The database cannot be used.
    #[error(transparent)]
    Open(#[from] StoreError),
    /// The front did not start.
    #[error(transparent)]
    Front(#[from] FrontError),
    /// The workers did not start.
    #[error(transparent)]
    Workers(#[from] WorkersError),
    /// The demo session failed.
    #[error(transparent)]
    Demo(#[from] DemoError),
    /// Signals cannot be received.
    #[error("listening for Ctrl-C failed: {0}")]
    Signals(#[source] io::Error),
    /// A task of ours ended abnormally.
    #[error("{0} ended abnormally: please report this")]
    Broken(&'static str),
    /// Ctrl-C before everything had started, or twice.
    #[error("interrupted before the end: nothing was checked")]
    Interrupted,
}

impl UpError {
    /// 78 for a wrong setting, 64 for a wrong command line, 1 for everything else.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::Setting(error) | Self::Front(FrontError::Setting(error)) => error.exit_code(),
            Self::Workers(error) => error.exit_code(),
            Self::Open(StoreError::WrongUrl(_)) => holdfast_runtime::settings::SETTING,
            _ => 1,
        }
    }

    /// For `map_err`: names what was attempted on which file.
    pub(super) fn file(attempted: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File {
            attempted,
            path,
            source,
        }
    }
}
