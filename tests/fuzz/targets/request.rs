//! Any body of `POST /jit`: it is refused with a reason, or answered with an answer that can be read.

#![no_main]

use holdfast_marqeta::{DeclineReason, JitAnswer, JitRequest, action, request_message};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|body: &[u8]| {
    let request = match JitRequest::parse(body) {
        Ok(request) => request,
        Err(bad) => return assert!(!bad.message.is_empty() && !bad.code.is_empty()),
    };
    let again = JitRequest::parse(body).expect("it was read before");
    assert_eq!(request.canonical_hash(), again.canonical_hash());
    assert_eq!(action(&request), action(&again));
    if let Some(message) = request_message(&request) {
        assert_eq!(message.fact.amount, request.amount);
        assert_eq!(Some(message.fact.currency), request.currency);
    }
    let reason = DeclineReason::InsufficientFunds;
    for answer in [
        JitAnswer::approve(&request, request.amount, "memo"),
        JitAnswer::decline(&request, reason, "memo"),
    ] {
        let bytes = answer.to_bytes();
        let read: Value = serde_json::from_slice(&bytes).expect("an answer is JSON");
        assert_eq!(read["jit_funding"]["token"], request.jit_token.as_str());
        assert!(read["jit_funding"]["amount"].is_number());
        let shown = holdfast_marqeta::answer::shown(std::str::from_utf8(&bytes).expect("it is text"));
        assert!(!shown.expect("it is ours").contains("address_verification\":"));
    }
    assert!(request.summary().is_object());
});
