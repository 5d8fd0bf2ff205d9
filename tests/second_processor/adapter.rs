//! The adapter of a made-up processor, Lumen.

mod object;
mod responder;

use holdfast_funding::processor::{
    AuthorizationRequest, BadRequest, Content, Notification, Processor,
};
use object::{LumenObject, LumenUpdate};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Lumen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lumen;

impl Processor for Lumen {
    fn read_request(&self, body: &[u8]) -> Result<AuthorizationRequest, BadRequest> {
        let object: LumenObject = serde_json::from_slice(body).map_err(bad_request)?;
        object.request().ok_or_else(|| BadRequest {
            code: "invalid_field",
            message: "reading id: it is no token".to_owned(),
            field: Some("id".to_owned()),
        })
    }

    /// A delivery is one object: what is authorized and what is cleared of it are two facts.
    fn read_notifications(&self, body: &[u8]) -> Result<Vec<Notification>, BadRequest> {
        let raw = std::str::from_utf8(body).unwrap_or_default();
        let object: LumenObject = serde_json::from_str(raw).map_err(bad_request)?;
        let updates = object.updates();
        let updates = updates.into_iter();
        Ok(updates.map(|update| update.notification(raw)).collect())
    }

    fn normalise(&self, family: &str, raw: &str) -> Content {
        let object: Option<LumenObject> = serde_json::from_str(raw).ok();
        let updates = object.map(|object| object.updates()).unwrap_or_default();
        let update = updates.into_iter().find(|update| update.family == family);
        update.map_or_else(
            || Content::Unreadable(format!("reading {family}: it is no object of lumen's")),
            LumenUpdate::content,
        )
    }

    fn signature_header(&self) -> &'static str {
        "lumen-signature"
    }

    fn verify_signature(&self, secret: &[u8], signature: Option<&str>, body: &[u8]) -> bool {
        signature == Some(sign(secret, body).as_str())
    }

    fn decline_reasons(&self) -> Vec<&'static str> {
        vec!["no_money", "version_conflict", "refused"]
    }

    fn redact_response(&self, body: &str) -> Option<String> {
        Some(body.to_owned())
    }
}

/// The signature of a delivery.
pub(crate) fn sign(secret: &[u8], body: &[u8]) -> String {
    let digest = Sha256::new()
        .chain_update(secret)
        .chain_update(body)
        .finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bad_request(error: serde_json::Error) -> BadRequest {
    BadRequest {
        code: "not_json",
        message: format!("reading the body: {error}"),
        field: None,
    }
}

/// Shared by every response.
fn responder(object: &LumenObject) -> Arc<responder::LumenResponder> {
    Arc::new(responder::LumenResponder {
        id: object.id.clone(),
        version: object.version,
    })
}
