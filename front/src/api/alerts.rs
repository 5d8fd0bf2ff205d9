//! `/alerts`.

use super::call::Call;
use super::error::ApiError;
use super::page::cut;
use super::reply::Reply;
use super::view::AlertView;
use holdfast_store::alert::Alert;
use http::Method;
use serde::Serialize;

#[derive(Serialize)]
struct Page {
    alerts: Vec<AlertView>,
    cursor: Option<uuid::Uuid>,
}

pub(super) async fn alerts(call: Call) -> Result<Reply, ApiError> {
    if call.method != Method::GET {
        return Err(ApiError::Method("GET"));
    }
    let query = call.query.only(&["limit", "cursor"])?;
    let (limit, before) = (query.limit()?, query.cursor(|cursor| cursor.parse().ok())?);
    let alerts = call
        .context
        .store
        .alerts(before, limit.saturating_add(1))
        .await?;
    let (alerts, cursor) = cut(alerts, limit, |alert: &Alert| alert.id);
    Reply::ok(&Page {
        alerts: alerts.into_iter().map(AlertView::from).collect(),
        cursor,
    })
}
