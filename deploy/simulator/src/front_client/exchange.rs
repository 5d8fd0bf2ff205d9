//! One JIT request with its response, as Marqeta understands it.

use std::time::Duration;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::http::{Failure, HttpResponse};

/// The response within the limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JitResponse {
    /// Status 200 with a JIT block: approved, for this much (major units).
    Approved {
        /// At most the requested amount.
        amount: Decimal,
    },
    /// Status 402 with a JIT block.
    Declined {
        /// `decline_reason`; empty if there was none.
        reason: String,
    },
    /// Any other status, or one of those two without a usable body.
    Error {
        /// HTTP status.
        status: u16,
    },
    /// No response within the limit.
    Timeout,
    /// No connection, or it broke.
    ConnectionFailed,
}

/// One JIT exchange.
#[derive(Clone, Debug)]
pub struct JitExchange {
    /// The response.
    pub response: JitResponse,
    /// From the first byte out to the last byte in.
    pub latency: Duration,
    /// Requested amount, major units.
    pub requested: Decimal,
    /// The response's body, as it was received.
    pub body: Option<String>,
}

impl JitExchange {
    /// The approved amount; `None` unless approved.
    pub fn approved_amount(&self) -> Option<Decimal> {
        match self.response {
            JitResponse::Approved { amount } => Some(amount),
            _ => None,
        }
    }
}

#[derive(Deserialize)]
struct ResponseBody<'a> {
    #[serde(borrow)]
    jit_funding: JitFunding<'a>,
}

#[derive(Deserialize)]
struct JitFunding<'a> {
    #[serde(borrow)]
    amount: &'a RawValue,
    decline_reason: Option<String>,
}

pub(super) fn read_exchange(
    result: Result<HttpResponse, Failure>,
    requested: Decimal,
    latency: Duration,
) -> JitExchange {
    let (response, body) = match result {
        Err(Failure::Timeout) => (JitResponse::Timeout, None),
        Err(Failure::Connection) => (JitResponse::ConnectionFailed, None),
        Ok(HttpResponse { status, body }) => {
            let text = String::from_utf8(body.to_vec()).ok();
            (
                parse_response(status, text.as_deref().unwrap_or_default()),
                text,
            )
        }
    };
    JitExchange {
        response,
        latency,
        requested,
        body,
    }
}

fn parse_response(status: u16, text: &str) -> JitResponse {
    let body = serde_json::from_str::<ResponseBody<'_>>(text)
        .ok()
        .map(|body| body.jit_funding);
    let amount = body
        .as_ref()
        .and_then(|block| parse_amount(block.amount.get()));
    match (status, body, amount) {
        (200, _, Some(amount)) => JitResponse::Approved { amount },
        (402, Some(block), Some(_)) => JitResponse::Declined {
            reason: block.decline_reason.unwrap_or_default(),
        },
        _ => JitResponse::Error { status },
    }
}

/// Parses a number or a string: Marqeta accepts both.
fn parse_amount(text: &str) -> Option<Decimal> {
    let digits = text.trim_matches('"');
    Decimal::from_str_exact(digits)
        .or_else(|_| Decimal::from_scientific(digits))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn approved(text: &str) -> JitResponse {
        JitResponse::Approved {
            amount: text.parse().unwrap(),
        }
    }

    #[test]
    fn only_200_and_402_with_a_jit_block_are_decisions() {
        let ok = r#"{"jit_funding":{"token":"j","amount":42.10}}"#;
        let no = r#"{"jit_funding":{"amount":"42.10","decline_reason":"INSUFFICIENT_FUNDS"}}"#;
        assert_eq!(parse_response(200, ok), approved("42.10"));
        assert_eq!(
            parse_response(200, r#"{"jit_funding":{"amount":1.0E7}}"#),
            approved("10000000")
        );
        assert_eq!(
            parse_response(402, no),
            JitResponse::Declined {
                reason: "INSUFFICIENT_FUNDS".into()
            }
        );
        assert_eq!(
            parse_response(402, ok),
            JitResponse::Declined {
                reason: String::new()
            }
        );
        assert_eq!(
            parse_response(200, "{}"),
            JitResponse::Error { status: 200 }
        );
        assert_eq!(
            parse_response(402, "oops"),
            JitResponse::Error { status: 402 }
        );
        assert_eq!(parse_response(503, ok), JitResponse::Error { status: 503 });
    }

    #[test]
    fn a_large_amount_keeps_its_last_digit() {
        let text = r#"{"jit_funding":{"amount":123456789012345.67}}"#;
        assert_eq!(parse_response(200, text), approved("123456789012345.67"));
    }
}
