//! `/trial-balance`.

use super::call::Call;
use super::error::ApiError;
use super::reply::Reply;
use holdfast_funding::view::TrialBalanceView;
use http::Method;

pub(super) async fn trial_balance(call: Call) -> Result<Reply, ApiError> {
    if call.method != Method::GET {
        return Err(ApiError::Method("GET"));
    }
    let _alone = call.context.verifying.lock().await;
    let found = call.context.store.verify().await?;
    if !found.is_balanced() {
        tracing::error!(
            differences = found.differences.len(),
            "The books do not balance"
        );
    }
    Reply::ok(&TrialBalanceView::from(found))
}
