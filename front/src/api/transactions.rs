//! `/transactions/{token}`.

use super::call::Call;
use super::error::ApiError;
use super::reply::Reply;
use super::segment::Segment;
use holdfast_funding::view::TransactionView;
use holdfast_ledger::token::TransactionToken;
use http::Method;

pub(super) async fn transaction(call: Call, token: Segment) -> Result<Reply, ApiError> {
    if call.method != Method::GET {
        return Err(ApiError::Method("GET"));
    }
    let token = token.token(TransactionToken::parse)?;
    let processor = std::sync::Arc::clone(&call.context.processor);
    let record = call.context.store.transaction(&token).await?;
    if record.is_empty() {
        let message = "nobody has told us of this transaction";
        return Err(ApiError::told(404, "unknown_transaction", message, None));
    }
    Reply::ok(&TransactionView::of(&*processor, token.as_str(), record))
}
