//! Responses that are written without a decision.

use crate::processor::{Authorization, AuthorizationRequest, StoredResponse};
use holdfast_decision::DeclineReason;
use holdfast_store::program::TimeoutPolicy;
use serde_json::json;

/// A decline that nothing is recorded for.
pub(super) fn decline(
    request: &AuthorizationRequest,
    reason: DeclineReason,
    reference: &str,
) -> StoredResponse {
    let authorization = Authorization::decline(reason, reference);
    request.responder.respond(&authorization)
}

/// The response of the timeout policy; always the same for the same request.
#[must_use]
pub fn timeout_response(request: &AuthorizationRequest, policy: TimeoutPolicy) -> StoredResponse {
    match policy {
        TimeoutPolicy::Decline => decline(
            request,
            DeclineReason::TransactionNotPermitted,
            "out of time",
        ),
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
