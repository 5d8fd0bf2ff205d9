//! Marqeta as the use cases see it.

use crate::envelope::{read_notification, read_notifications};
use crate::request::{bad_request, read_request};
use crate::response::{reason_text, redact_response};
use crate::signature::{HEADER, verify_signature};
use holdfast_decision::DeclineReason;
use holdfast_funding::processor::{
    AuthorizationRequest, BadRequest, Content, Notification, Processor,
};

/// The adapter of Marqeta's JIT funding and webhooks (reference sections 1 to 8).
#[derive(Debug, Clone, Copy, Default)]
pub struct Marqeta;

impl Processor for Marqeta {
    fn read_request(&self, body: &[u8]) -> Result<AuthorizationRequest, BadRequest> {
        read_request(body)
    }

    fn read_notifications(&self, body: &[u8]) -> Result<Vec<Notification>, BadRequest> {
        read_notifications(body).map_err(bad_request)
    }

    fn normalise(&self, family: &str, raw: &str) -> Content {
        read_notification(family, raw).content
    }

    fn signature_header(&self) -> &'static str {
        HEADER
    }

    fn verify_signature(&self, secret: &[u8], signature: Option<&str>, body: &[u8]) -> bool {
        verify_signature(secret, signature, body)
    }

    fn redact_response(&self, body: &str) -> Option<String> {
        redact_response(body)
    }

    fn decline_reasons(&self) -> Vec<&'static str> {
        let reasons = DeclineReason::ALL.iter();
        reasons.map(|reason| reason_text(*reason)).collect()
    }
}
