//! A response as operators may see it: without the address that it repeats.

use crate::address;
use holdfast_events::json::{self, Object};
use serde_json::Value;

/// The response's JSON without `jit_funding.address_verification`, everything else as it was sent. `None` when
/// it is no response of ours: then nothing of it may be shown.
#[must_use]
pub(crate) fn redact_response(response: &str) -> Option<String> {
    let top = Object::parse(response).ok()?;
    let Some(jit) = top.raw("jit_funding") else {
        // An error; it names fields and repeats none.
        return Some(response.to_owned());
    };
    let fields = json::pairs(jit.get()).ok()?;
    if fields.iter().all(|(name, _)| name != address::FIELD) {
        return Some(response.to_owned());
    }
    let kept: Vec<String> = fields
        .iter()
        .filter(|(name, _)| name != address::FIELD)
        .map(|(name, value)| format!("{}:{value}", Value::from(name.as_ref())))
        .collect();
    Some(format!(r#"{{"jit_funding":{{{}}}}}"#, kept.join(",")))
}
