//! What is sent, and stored with the decision so that a repeat gets the same bytes.

use holdfast_marqeta::{DeclineReason, JitAnswer, JitRequest};
use holdfast_store::program::TimeoutPolicy;
use serde_json::json;

/// A response as it leaves, and as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredResponse {
    /// HTTP status.
    pub status: u16,
    /// JSON.
    pub body: String,
}

impl StoredResponse {
    pub(super) fn render(answer: &JitAnswer<'_>) -> Self {
        Self {
            status: answer.status(),
            body: String::from_utf8(answer.to_bytes()).unwrap_or_default(),
        }
    }

    /// A decline that nothing is recorded for.
    pub(super) fn decline(request: &JitRequest, reason: DeclineReason, memo: &str) -> Self {
        Self::render(&JitAnswer::decline(request, reason, memo))
    }
}

/// The response of the timeout policy; always the same for the same request.
#[must_use]
pub fn timeout_response(request: &JitRequest, policy: TimeoutPolicy) -> StoredResponse {
    match policy {
        TimeoutPolicy::Decline => {
            let reason = DeclineReason::TransactionNotPermitted;
            StoredResponse::decline(request, reason, "out of time")
        }
        TimeoutPolicy::Error => {
            let message = "this request could not be decided in time";
            let error = json!({"code": "out_of_time", "message": message});
            StoredResponse {
                status: 503,
                body: json!({ "error": error }).to_string(),
            }
        }
    }
}
