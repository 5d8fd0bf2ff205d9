//! What can be wrong with a field of a JSON body.

use holdfast_ledger::money::AmountError;
use holdfast_ledger::token::TokenError;

/// Why a field of a JSON body could not be read. Messages name fields, never their content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// The text is not UTF-8.
    #[error("reading the body: it is not UTF-8")]
    NotUtf8,
    /// The text is not JSON.
    #[error("reading the body: it is not JSON at line {line}, column {column}")]
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// A JSON value, but not an object.
    #[error("reading {path}: it is not a JSON object")]
    NotAnObject {
        /// Dotted path; `the body` for the whole.
        path: String,
    },
    /// The same key twice in one object: readers would disagree about which one counts.
    #[error("reading {path}: the key is there twice")]
    Repeated {
        /// Dotted path of the key.
        path: String,
    },
    /// Not there, null, or empty.
    #[error("reading {path}: it is missing")]
    Missing {
        /// Dotted path.
        path: String,
    },
    /// Not a JSON string where one is needed.
    #[error("reading {path}: it is not a text")]
    NotText {
        /// Dotted path.
        path: String,
    },
    /// A text of unreasonable length, or with control characters.
    #[error("reading {path}: it is not a text of at most 255 printable characters")]
    Unprintable {
        /// Dotted path.
        path: String,
    },
    /// Neither `true` nor `false`.
    #[error("reading {path}: it is neither true nor false")]
    NotAFlag {
        /// Dotted path.
        path: String,
    },
    /// Not a time as Marqeta writes them.
    #[error("reading {path}: it is not a time")]
    NotATime {
        /// Dotted path.
        path: String,
    },
    /// A token that cannot be one.
    #[error("reading {path}: the token {source}")]
    Token {
        /// Dotted path.
        path: String,
        /// Why.
        source: TokenError,
    },
    /// A field that is not published for this object.
    #[error("reading {path}: unknown field; known are {known}; the nearest is {nearest}")]
    UnknownField {
        /// Dotted path.
        path: String,
        /// The known names, separated by commas.
        known: String,
        /// The known name that is most like it.
        nearest: String,
    },
    /// A value that the field cannot have.
    #[error("reading {path}: it {rule}")]
    Refused {
        /// Dotted path.
        path: String,
        /// What must be, as the rest of the sentence: `must be one of DAY, WEEK`.
        rule: String,
    },
    /// An amount that is no amount.
    #[error("reading {path}: the amount {source}")]
    Amount {
        /// Dotted path.
        path: String,
        /// Why.
        source: AmountError,
    },
}

impl FieldError {
    /// A stable name for the kind of error, as the `code` of a 400 response.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotUtf8 | Self::NotJson { .. } => "not_json",
            Self::NotAnObject { .. } => "not_an_object",
            Self::Repeated { .. } => "repeated_key",
            Self::Missing { .. } => "missing_field",
            Self::Amount { .. } => "invalid_amount",
            Self::UnknownField { .. } => "unknown_field",
            _ => "invalid_field",
        }
    }

    /// Dotted path of the field that is wrong; `None` when it is the body as a whole.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::NotUtf8 | Self::NotJson { .. } => None,
            Self::NotAnObject { path } if path == super::WHOLE => None,
            Self::NotAnObject { path }
            | Self::Repeated { path }
            | Self::Missing { path }
            | Self::NotText { path }
            | Self::Unprintable { path }
            | Self::NotAFlag { path }
            | Self::NotATime { path }
            | Self::Token { path, .. }
            | Self::UnknownField { path, .. }
            | Self::Refused { path, .. }
            | Self::Amount { path, .. } => Some(path),
        }
    }
}
