//! `/transactions/{token}`.

use super::call::Call;
use super::error::ApiError;
use super::response::ApiResponse;
use super::segment::parse_token;
use holdfast_funding::view::TransactionView;
use holdfast_ledger::token::TransactionToken;
use std::sync::Arc;

pub(super) async fn show_transaction(call: Call, token: &str) -> Result<ApiResponse, ApiError> {
    let token = parse_token(token, TransactionToken::parse)?;
    let processor = Arc::clone(&call.context.processor);
    let record = call.context.store.transaction(&token).await?;
    if record.is_empty() {
        let message = "no message names this transaction";
        return Err(ApiError::with_code(
            404,
            "unknown_transaction",
            message,
            None,
        ));
    }
    ApiResponse::ok(&TransactionView::of(&*processor, token.as_str(), record))
}
