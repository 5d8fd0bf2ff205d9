//! What the network heard: the answer as Marqeta would understand it.

use std::time::Duration;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::client::{Answer, Failure};

/// What was heard within the limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Status 200 with a JIT block: approved, for this much (major units).
    Approved {
        /// At most what was asked for.
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
    /// Nothing within the limit.
    Timeout,
    /// No connection, or it broke.
    ConnectionFailed,
}

/// One JIT exchange.
#[derive(Clone, Debug)]
pub struct JitOutcome {
    /// What was heard.
    pub heard: Heard,
    /// From the first byte out to the last byte in.
    pub latency: Duration,
    /// Amount that was asked for, major units.
    pub asked: Decimal,
    /// The answer's body, as it was received.
    pub answer: Option<String>,
}

impl JitOutcome {
    /// The amount that was heard to be approved.
    pub fn approved(&self) -> Option<Decimal> {
        match self.heard {
            Heard::Approved { amount } => Some(amount),
            _ => None,
        }
    }
}

#[derive(Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    jit_funding: Block<'a>,
}

#[derive(Deserialize)]
struct Block<'a> {
    #[serde(borrow)]
    amount: &'a RawValue,
    decline_reason: Option<String>,
}

pub(super) fn heard(
    answer: Result<Answer, Failure>,
    asked: Decimal,
    latency: Duration,
) -> JitOutcome {
    let (heard, answer) = match answer {
        Err(Failure::Timeout) => (Heard::Timeout, None),
        Err(Failure::Connection) => (Heard::ConnectionFailed, None),
        Ok(Answer { status, body }) => {
            let text = String::from_utf8(body.to_vec()).ok();
            (
                understand(status, text.as_deref().unwrap_or_default()),
                text,
            )
        }
    };
    JitOutcome {
        heard,
        latency,
        asked,
        answer,
    }
}

fn understand(status: u16, text: &str) -> Heard {
    let body = serde_json::from_str::<Body<'_>>(text)
        .ok()
        .map(|body| body.jit_funding);
    let amount = body.as_ref().and_then(|block| amount(block.amount.get()));
    match (status, body, amount) {
        (200, _, Some(amount)) => Heard::Approved { amount },
        (402, Some(block), Some(_)) => Heard::Declined {
            reason: block.decline_reason.unwrap_or_default(),
        },
        _ => Heard::Error { status },
    }
}

/// A number or a string, as Marqeta accepts both.
fn amount(text: &str) -> Option<Decimal> {
    let digits = text.trim_matches('"');
    Decimal::from_str_exact(digits)
        .or_else(|_| Decimal::from_scientific(digits))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn approved(text: &str) -> Heard {
        Heard::Approved {
            amount: text.parse().unwrap(),
        }
    }

    #[test]
    fn only_200_and_402_with_a_jit_block_are_answers() {
        let ok = r#"{"jit_funding":{"token":"j","amount":42.10}}"#;
        let no = r#"{"jit_funding":{"amount":"42.10","decline_reason":"INSUFFICIENT_FUNDS"}}"#;
        assert_eq!(understand(200, ok), approved("42.10"));
        assert_eq!(
            understand(200, r#"{"jit_funding":{"amount":1.0E7}}"#),
            approved("10000000")
        );
        assert_eq!(
            understand(402, no),
            Heard::Declined {
                reason: "INSUFFICIENT_FUNDS".into()
            }
        );
        assert_eq!(
            understand(402, ok),
            Heard::Declined {
                reason: String::new()
            }
        );
        assert_eq!(understand(200, "{}"), Heard::Error { status: 200 });
        assert_eq!(understand(402, "oops"), Heard::Error { status: 402 });
        assert_eq!(understand(503, ok), Heard::Error { status: 503 });
    }

    #[test]
    fn a_large_amount_is_heard_to_the_last_digit() {
        let text = r#"{"jit_funding":{"amount":123456789012345.67}}"#;
        assert_eq!(understand(200, text), approved("123456789012345.67"));
    }
}
