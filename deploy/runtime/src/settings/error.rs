//! Errors in settings, and their exit codes.

use std::path::PathBuf;

/// Exit code for a wrong setting (`EX_CONFIG`).
pub const SETTING: u8 = 78;

/// Exit code for a wrong command line (`EX_USAGE`).
pub const COMMAND_LINE: u8 = 64;

/// Why a process does not start. Never quotes a value: it may be a secret.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    /// A required setting was not given.
    #[error("setting {variable} ({flag}) is missing")]
    Missing {
        /// Environment variable.
        variable: String,
        /// Flag.
        flag: String,
    },
    /// A setting's value is wrong.
    #[error("setting {variable} ({flag}) is wrong: {reason}")]
    Wrong {
        /// Environment variable.
        variable: String,
        /// Flag.
        flag: String,
        /// What was expected.
        reason: String,
    },
    /// `NAME_FILE` names a file that cannot be read.
    #[error("setting {variable} names the file {path}, which cannot be read: {reason}", path = .path.display())]
    File {
        /// Environment variable, with `_FILE`.
        variable: String,
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        reason: String,
    },
    /// A variable of ours that no program reads.
    #[error(
        "setting {variable} is unknown; the nearest known one is {nearest}: correct it, or remove it"
    )]
    UnknownVariable {
        /// Environment variable.
        variable: String,
        /// The known one that is most like it.
        nearest: String,
    },
    /// A setting and its `NAME_FILE` are both given.
    #[error("setting {0} is given twice, also as {0}_FILE: remove one of them")]
    ValueAndFile(String),
    /// A flag is given more than once.
    #[error("setting {variable} is given twice, {flag} more than once: remove all but one")]
    FlagTwice {
        /// Environment variable.
        variable: String,
        /// Flag.
        flag: String,
    },
    /// The command line is wrong, or requests help or the version.
    #[error("{0}")]
    CommandLine(clap::Error),
}

impl SettingError {
    /// A required setting was not given.
    pub fn missing(variable: &str, flag: &str) -> Self {
        Self::Missing {
            variable: variable.to_owned(),
            flag: flag.to_owned(),
        }
    }

    /// A setting's value is wrong; `reason` must not quote a secret.
    pub fn wrong(variable: &str, flag: &str, reason: impl ToString) -> Self {
        let (variable, flag) = (variable.to_owned(), flag.to_owned());
        Self::Wrong {
            variable,
            flag,
            reason: reason.to_string(),
        }
    }

    /// 78 for a wrong setting, 64 for a wrong command line, 0 for help and version.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::CommandLine(error) if error.exit_code() == 0 => 0,
            Self::CommandLine(_) => COMMAND_LINE,
            _ => SETTING,
        }
    }

    /// Prints one sentence to standard error, or help to standard output.
    pub fn print(&self) {
        match self {
            // A closed output cannot be reported anywhere.
            Self::CommandLine(error) => drop(error.print()),
            other => eprintln!("{other}"),
        }
    }
}
