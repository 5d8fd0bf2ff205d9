//! Lumen's responses: HTTP 200 whatever was decided, amounts in minor units.

use holdfast_decision::DeclineReason;
use holdfast_funding::processor::{Authorization, AuthorizationOutcome, Responder, StoredResponse};
use serde_json::json;

/// Writes the response to one request.
#[derive(Debug)]
pub(super) struct LumenResponder {
    pub(super) id: String,
    pub(super) version: u32,
}

impl Responder for LumenResponder {
    fn respond(&self, authorization: &Authorization<'_>) -> StoredResponse {
        let (result, reason) = match authorization.outcome {
            AuthorizationOutcome::Approved(_) => ("approved", None),
            AuthorizationOutcome::Declined(reason) => ("declined", Some(self.reason_text(reason))),
        };
        let body = json!({
            "id": self.id, "version": self.version, "result": result, "reason": reason,
            "reference": authorization.reference,
        });
        StoredResponse {
            status: 200,
            body: body.to_string(),
        }
    }

    fn reason_text(&self, reason: DeclineReason) -> &'static str {
        match reason {
            DeclineReason::InsufficientFunds => "no_money",
            DeclineReason::DuplicateTransaction => "version_conflict",
            _ => "refused",
        }
    }
}
