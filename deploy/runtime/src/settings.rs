//! Settings: each is a flag and an environment variable, and `NAME_FILE` reads it from a file.
//!
//! Processes flatten the groups they need into their clap parser and call [`parse_or_exit`].
//! A setting that one process requires and another generates is an `Option` with a method that requires it.

mod address;
mod credentials;
mod duration;
mod environment;
mod error;
mod files;
mod header;
mod kafka;
mod known;
mod logs;
mod marqeta;
mod operators;
mod parse;
mod private;
mod properties;
mod public;
mod secret;
mod tls;

pub use address::{AddressError, parse_address};
pub use credentials::{Credential, Credentials, CredentialsError};
pub use duration::{DurationError, parse_duration};
pub use error::{COMMAND_LINE, SETTING, SettingError};
pub use header::{Header, HeaderError};
pub use kafka::{Compression, KafkaSettings};
pub use known::SETTINGS;
pub use logs::{LogFormat, LogSettings};
pub use marqeta::{MarqetaAccess, MarqetaSettings};
pub use operators::{OperatorRole, OperatorToken, OperatorTokens, OperatorTokensError};
pub use parse::{or_exit, parse_from, parse_line, parse_or_exit};
pub use private::{DatabaseSettings, PrivateSettings, WorkersSettings};
pub use properties::{Properties, PropertiesError};
pub use public::PublicSettings;
pub use secret::{EmptySecret, Secret};
pub use tls::{PrivateTlsSettings, TlsSettings};
