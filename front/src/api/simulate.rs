//! `/decisions/simulate`: what would be answered to a request now.

use super::call::Call;
use super::error::ApiError;
use super::response::ApiResponse;
use holdfast_funding::simulate::simulate;
use serde::Serialize;
use serde_json::value::RawValue;

#[derive(Serialize)]
struct SimulatedView {
    outcome: &'static str,
    status: u16,
    /// Without the address that it may repeat.
    response: Option<Box<RawValue>>,
    why: Box<RawValue>,
}

pub(super) async fn simulate_decision(call: Call) -> Result<ApiResponse, ApiError> {
    let context = call.context.clone();
    let body = call.body().await?;
    let request = context
        .processor
        .read_request(&body)
        .map_err(|bad| ApiError::bad_request(bad.code, &bad.message, bad.field.as_deref()))?;
    let program = context.program.current();
    let simulated = simulate(&context.store, &program, request).await?;
    let undecided = || ApiError::Internal("simulating a decision: nothing was decided".to_owned());
    let simulated = simulated.ok_or_else(undecided)?;
    let raw = |text: String| {
        let failed = |error| ApiError::Internal(format!("showing a simulated decision: {error}"));
        RawValue::from_string(text).map_err(failed)
    };
    ApiResponse::ok(&SimulatedView {
        outcome: simulated.outcome,
        status: simulated.response.status,
        response: context
            .processor
            .redact_response(&simulated.response.body)
            .map(raw)
            .transpose()?,
        why: raw(simulated.why)?,
    })
}
