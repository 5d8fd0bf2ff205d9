//! Any body of `POST /jit`: it is refused with a reason, or answered with a response that can be read.

#![no_main]

use holdfast_decision::DeclineReason;
use holdfast_funding::processor::{Authorization, Processor};
use holdfast_marqeta::Marqeta;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|body: &[u8]| {
    let request = match Marqeta.read_request(body) {
        Ok(request) => request,
        Err(bad) => return assert!(!bad.message.is_empty() && !bad.code.is_empty()),
    };
    let again = Marqeta.read_request(body).expect("it was read before");
    assert_eq!(request.content_hash, again.content_hash);
    assert_eq!(request.action, again.action);
    if let Some(message) = &request.message {
        assert_eq!(message.fact.amount, request.amount);
        assert_eq!(Some(message.fact.currency), request.currency);
    }
    for authorization in [
        Authorization::approve(request.amount, "memo"),
        Authorization::decline(DeclineReason::InsufficientFunds, "memo"),
    ] {
        let response = request.responder.respond(&authorization);
        let read: Value = serde_json::from_str(&response.body).expect("a response is JSON");
        let token = read["jit_funding"]["token"].as_str();
        assert!(token.is_some() && token == request.event.jit_token.as_deref());
        assert!(read["jit_funding"]["amount"].is_number());
        let shown = Marqeta.redact_response(&response.body).expect("it is ours");
        assert!(!shown.contains("address_verification\":"));
    }
    let summary: Value = serde_json::from_str(&request.summary).expect("a summary is JSON");
    assert!(summary.is_object());
});
