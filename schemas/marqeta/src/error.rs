//! How a body that is no JIT request is answered.

use holdfast_events::json::FieldError;

/// A body that is no JIT request: answered 400 with `{"error":{"code","message","field"}}`
/// (interface section 3), stored nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRequest {
    /// `not_json`, `not_an_object`, `repeated_key`, `missing_field`, `invalid_field`, `invalid_amount`.
    pub code: &'static str,
    /// What was attempted and why it failed; no content of the message.
    pub message: String,
    /// Dotted path of the field, such as `gpa_order.jit_funding.amount`.
    pub field: Option<String>,
}

impl From<FieldError> for BadRequest {
    fn from(error: FieldError) -> Self {
        Self {
            code: error.code(),
            message: error.to_string(),
            field: error.field().map(str::to_owned),
        }
    }
}
