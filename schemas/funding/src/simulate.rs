//! What would be answered now: a request is read and decided as in a batch of its own, and nothing is
//! written, locked or counted.

use crate::authorize::{DecisionBatch, FirstResponse, PreparedRequest, list_usages, read_set};
use crate::clock::now;
use crate::explanation::render_explanation;
use crate::processor::{AuthorizationRequest, StoredResponse};
use holdfast_decision::RULES;
use holdfast_store::decision::{NewDecision, StoredOutcome};
use holdfast_store::program::ProgramSettings;
use holdfast_store::{Store, StoreError};
use serde_json::json;
use std::time::Instant;

/// What would happen.
#[derive(Debug, Clone)]
pub struct Simulated {
    /// `approved`, `declined` or `out_of_time`.
    pub outcome: &'static str,
    /// What would be sent.
    pub response: StoredResponse,
    /// Every check with its inputs, balances and times, JSON.
    pub why: String,
}

/// Decides a request on the books as they are. The account is not locked, so that no purchase waits; what
/// is read is one snapshot all the same. `None` when the request cannot be decided.
///
/// # Errors
/// [`StoreError`].
pub async fn simulate(
    store: &Store,
    program: &ProgramSettings,
    request: AuthorizationRequest,
) -> Result<Option<Simulated>, StoreError> {
    let began = Instant::now();
    let prepared = PreparedRequest::new(request, now(), began);
    let wanted = read_set([&prepared]);
    let mut unit = store.begin().await?;
    let mut known = unit.read_known(&wanted).await?;
    let usages = list_usages(unit.controls(), [&prepared]);
    unit.fill_counters(&mut known, &usages).await?;
    unit.roll_back().await?;
    let mut batch = DecisionBatch::new(known, wanted.accounts, 1, program, (began, began));
    if let Some(first) = batch.find_first_response(&prepared) {
        let alert = batch.alerts().first().map(|alert| alert.kind.as_str());
        return Ok(Some(of_first_response(first, alert)));
    }
    let number = batch.authorize(&prepared);
    Ok(number.and_then(|number| batch.decisions().get(number).map(of_decision)))
}

fn of_decision(decision: &NewDecision) -> Simulated {
    Simulated {
        outcome: outcome_text(decision.outcome),
        response: StoredResponse {
            status: decision.status,
            body: decision.response_body.clone(),
        },
        why: render_full(&decision.why),
    }
}

/// The explanation as it is shown, not as it is stored.
fn render_full(stored: &str) -> String {
    let stored = serde_json::from_str(stored).unwrap_or_default();
    render_explanation(stored, RULES).to_string()
}

/// Nothing would be decided: the token was answered before, or used with another content.
fn of_first_response(first: FirstResponse, refused: Option<&'static str>) -> Simulated {
    let status = first.response.status.to_string();
    let inputs = json!({"first_answer": status});
    let check = match refused {
        None => json!({"check": "repeat", "verdict": "decided", "inputs": inputs}),
        Some(kind) => {
            json!({"check": "repeat", "verdict": "refused", "because": kind, "inputs": {}})
        }
    };
    Simulated {
        outcome: outcome_text(first.outcome),
        response: first.response,
        why: json!({"checks": [check]}).to_string(),
    }
}

fn outcome_text(outcome: StoredOutcome) -> &'static str {
    match outcome {
        StoredOutcome::Approved => "approved",
        StoredOutcome::Declined => "declined",
        StoredOutcome::OutOfTime => "out_of_time",
    }
}
