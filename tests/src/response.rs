//! What was answered, with the exact text of its numbers.

use bytes::Bytes;
use http::HeaderMap;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// One HTTP response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpResponse {
    /// Status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Bytes,
}

impl HttpResponse {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The JSON text at a dotted path, as it was written: `42.10` stays `42.10`. `None` where nothing is.
    #[must_use]
    pub fn raw(&self, path: &str) -> Option<String> {
        let whole = self.text().to_owned();
        path.split('.').try_fold(whole, |object, key| {
            let fields: BTreeMap<String, Box<RawValue>> = serde_json::from_str(&object).ok()?;
            fields.get(key).map(|value| value.get().to_owned())
        })
    }

    /// The string at a dotted path; empty where there is none.
    #[must_use]
    pub fn string(&self, path: &str) -> String {
        let value = self
            .raw(path)
            .and_then(|raw| serde_json::from_str(&raw).ok());
        value.unwrap_or_default()
    }

    /// The body as JSON; for everything but amounts.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Status and reason of a JIT response, as `200` or `402 INSUFFICIENT_FUNDS`.
    #[must_use]
    pub fn verdict(&self) -> String {
        let reason = self.string("jit_funding.decline_reason");
        format!("{} {reason}", self.status).trim_end().to_owned()
    }
}
