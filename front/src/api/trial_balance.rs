//! `/trial-balance`.

use super::call::Call;
use super::error::ApiError;
use super::response::ApiResponse;
use holdfast_funding::view::TrialBalanceView;

pub(super) async fn show_trial_balance(call: Call) -> Result<ApiResponse, ApiError> {
    let _alone = call.context.verifying.lock().await;
    let found = call.context.store.verify().await?;
    if !found.is_balanced() {
        tracing::error!(
            differences = found.differences.len(),
            "The books do not balance"
        );
    }
    ApiResponse::ok(&TrialBalanceView::from(found))
}
