//! What would be answered now: a request is read and decided as in a batch of its own, and nothing is
//! written, locked or counted.

use super::batch::{uses, wanted};
use super::bench::Bench;
use super::ticket::{Claim, Prepared, Reply, Ticket};
use crate::answer::Answer;
use holdfast_decision::RULES;
use holdfast_funding::clock::now;
use holdfast_funding::explanation::render_explanation;
use holdfast_marqeta::JitRequest;
use holdfast_store::decision::{NewDecision, Outcome};
use holdfast_store::program::ProgramSettings;
use holdfast_store::{Store, StoreError};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

/// Nobody waits for the answer but an operator: time never runs out.
const AMPLE: Duration = Duration::from_secs(3_600);

/// What would happen.
#[derive(Debug)]
pub(crate) struct Simulated {
    /// `approved`, `declined` or `out_of_time`.
    pub(crate) outcome: &'static str,
    /// What would be sent.
    pub(crate) answer: Answer,
    /// Every check with its inputs, balances and times, JSON.
    pub(crate) why: String,
}

/// Decides a request on the books as they are. The account is not locked, so that no purchase waits; what
/// is read is one snapshot all the same. `None` when the request cannot be decided.
pub(crate) async fn simulate(
    store: &Store,
    program: &ProgramSettings,
    request: JitRequest,
) -> Result<Option<Simulated>, StoreError> {
    let began = Instant::now();
    let tickets = [ticket(request, began)];
    let wanted = wanted(&tickets);
    let mut unit = store.begin().await?;
    let mut known = unit.read(&wanted).await?;
    let uses = uses(unit.controls(), &tickets);
    unit.meter(&mut known, &uses).await?;
    unit.roll_back().await?;
    let mut bench = Bench::new(
        known,
        wanted.accounts,
        tickets.len(),
        program,
        (began, began),
    );
    for (place, ticket) in tickets.iter().enumerate() {
        bench.take(place, ticket);
    }
    let decision = bench.decisions().first().map(of_decision);
    let refused = bench.alerts().first().map(|alert| alert.kind.as_str());
    let reply = bench.close().replies.into_iter().flatten().next();
    Ok(decision.or_else(|| match reply {
        Some(Reply::Stored(answer)) => Some(of_answer(answer, refused)),
        _ => None,
    }))
}

fn ticket(request: JitRequest, began: Instant) -> Ticket {
    let received = now();
    Ticket {
        prepared: Prepared::of(&request, received),
        request: Arc::new(request),
        received,
        began,
        deadline: began + AMPLE,
        claim: Claim::default(),
        unsure: AtomicBool::new(false),
        reply: Some(oneshot::channel().0),
    }
}

fn of_decision(decision: &NewDecision) -> Simulated {
    Simulated {
        outcome: match decision.outcome {
            Outcome::Approved => "approved",
            Outcome::Declined => "declined",
            Outcome::OutOfTime => "out_of_time",
        },
        answer: Answer {
            status: decision.status,
            body: decision.answer.clone(),
        },
        why: full(&decision.why),
    }
}

/// The reasons as they are told, not as they are stored.
fn full(stored: &str) -> String {
    let stored = serde_json::from_str(stored).unwrap_or_default();
    render_explanation(stored, RULES).to_string()
}

/// Nothing would be decided: the token was answered before, or used with another content.
fn of_answer(answer: Answer, refused: Option<&'static str>) -> Simulated {
    let status = answer.status.to_string();
    let inputs = json!({"first_answer": status});
    let check = match refused {
        None => json!({"check": "repeat", "verdict": "decided", "inputs": inputs}),
        Some(kind) => {
            json!({"check": "repeat", "verdict": "refused", "because": kind, "inputs": {}})
        }
    };
    Simulated {
        outcome: match answer.status {
            200 => "approved",
            402 => "declined",
            _ => "out_of_time",
        },
        answer,
        why: json!({"checks": [check]}).to_string(),
    }
}
