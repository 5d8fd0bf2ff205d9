//! The private address: health and metrics without a token, everything else under `/api/v1` with one.

use crate::api::{self, ApiContext};
use holdfast_runtime::health;
use holdfast_runtime::metrics::{Metrics, MetricsFormat};
use holdfast_runtime::shutdown::Shutdown;
use warp::filters::BoxedFilter;
use warp::http::{HeaderMap, HeaderValue, Response, header};
use warp::{Filter, Reply};

/// All routes of the private address.
pub(crate) fn routes(
    context: ApiContext,
    metrics: Metrics,
    shutdown: &Shutdown,
) -> BoxedFilter<(warp::reply::Response,)> {
    let (live, ready) = (shutdown.health().clone(), shutdown.health().clone());
    let livez = warp::path!("livez")
        .and(warp::get())
        .map(move || render_health(live.livez()));
    let readyz = warp::path!("readyz")
        .and(warp::get())
        .map(move || render_health(ready.readyz()));
    let metrics = warp::path!("metrics")
        .and(warp::get())
        .and(warp::header::headers_cloned())
        .map(move |headers| render_metrics(&metrics, &headers));
    livez
        .or(readyz)
        .unify()
        .or(metrics)
        .unify()
        .or(api::routes(context))
        .unify()
        .boxed()
}

fn render_health(response: health::HealthResponse) -> warp::reply::Response {
    warp::reply::with_status(response.body, response.status).into_response()
}

fn render_metrics(metrics: &Metrics, headers: &HeaderMap) -> warp::reply::Response {
    let format = MetricsFormat::accepted_by(headers);
    let mut response = Response::new(metrics.text_in(format).into());
    let kind = HeaderValue::from_static(format.content_type());
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}
