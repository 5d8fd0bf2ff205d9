//! Errors of the API, each with its status and code.

use holdfast_funding::command::{AcknowledgeError, CommandError, ControlError, Rejection};
use holdfast_marqeta::WireError;
use holdfast_runtime::settings::OperatorRole;
use holdfast_store::StoreError;

/// An error that explains itself.
#[derive(Debug)]
pub(super) enum ApiError {
    /// 401.
    Unauthorized,
    /// 403: this role is needed.
    Forbidden(OperatorRole),
    /// 405: these are the methods.
    Method(&'static str),
    /// 413: at most so many bytes.
    TooLarge(usize),
    /// Every error with a code of its own.
    Coded {
        /// HTTP status.
        status: u16,
        /// In snake case.
        code: &'static str,
        /// For people.
        message: String,
        /// The field that is wrong.
        field: Option<String>,
    },
    /// 503: the database is away, or too busy; try again.
    Unavailable(StoreError),
    /// 500: a defect of ours.
    Internal(String),
}

impl ApiError {
    /// 400.
    pub(super) fn bad_request(code: &'static str, message: &str, field: Option<&str>) -> Self {
        Self::with_code(400, code, message, field)
    }

    /// 404.
    pub(super) fn not_found(message: &str) -> Self {
        Self::with_code(404, "not_found", message, None)
    }

    /// An error with a code of its own.
    pub(super) fn with_code(
        status: u16,
        code: &'static str,
        message: &str,
        field: Option<&str>,
    ) -> Self {
        let (message, field) = (message.to_owned(), field.map(str::to_owned));
        Self::Coded {
            status,
            code,
            message,
            field,
        }
    }
}

impl From<WireError> for ApiError {
    fn from(error: WireError) -> Self {
        Self::bad_request(error.code(), &error.to_string(), error.field())
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        if error.is_transient() {
            Self::Unavailable(error)
        } else {
            Self::Internal(error.to_string())
        }
    }
}

impl From<CommandError> for ApiError {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::Rejected(refusal) => error_of_rejection(&refusal),
            CommandError::Store(error) => error.into(),
            CommandError::Overflow(error) => Self::Internal(error.to_string()),
        }
    }
}

impl From<ControlError> for ApiError {
    fn from(error: ControlError) -> Self {
        let message = error.to_string();
        match error {
            ControlError::Wrong(error) => error.into(),
            ControlError::Unknown(..) => Self::with_code(404, "unknown_control", &message, None),
            ControlError::InUse { .. } => Self::with_code(409, "group_in_use", &message, None),
            ControlError::Store(error) => error.into(),
            ControlError::Json(error) => Self::Internal(error.to_string()),
        }
    }
}

impl From<AcknowledgeError> for ApiError {
    fn from(error: AcknowledgeError) -> Self {
        let message = error.to_string();
        match error {
            AcknowledgeError::Note => Self::bad_request("invalid_field", &message, Some("note")),
            AcknowledgeError::Unknown => Self::with_code(404, "unknown_alert", &message, None),
            AcknowledgeError::Acknowledged { .. } => {
                Self::with_code(409, "already_acknowledged", &message, None)
            }
            AcknowledgeError::Store(error) => error.into(),
        }
    }
}

fn error_of_rejection(refusal: &Rejection) -> ApiError {
    let message = refusal.to_string();
    let (status, code) = match refusal {
        Rejection::UnknownAccount => (404, "unknown_account"),
        Rejection::UnknownHold => (404, "unknown_hold"),
        Rejection::UnknownCapture => (404, "unknown_hold"),
        Rejection::UnknownDeadLetter => (404, "unknown_dead_letter"),
        Rejection::OtherContent => (409, "reference_used"),
        Rejection::HoldClosed => (409, "hold_closed"),
        Rejection::AlreadyMatched => (409, "already_matched"),
        Rejection::NotMatched => (409, "not_matched"),
        Rejection::NotParked => (409, "not_parked"),
        Rejection::InsufficientFunds => (422, "insufficient_funds"),
        Rejection::NothingOwed => (422, "nothing_owed"),
        Rejection::OtherAccount => (422, "other_account"),
        Rejection::NotACapture => (422, "not_a_capture"),
        Rejection::NotAPurchase => (422, "not_a_purchase"),
    };
    let field = match refusal {
        Rejection::OtherContent => Some("reference"),
        Rejection::UnknownCapture | Rejection::OtherAccount | Rejection::NotACapture => {
            Some("capture")
        }
        _ => None,
    };
    ApiError::with_code(status, code, &message, field)
}
