//! The private address: health and metrics without a token, everything else under `/api/v1` with one.

use crate::api::{self, ApiContext};
use holdfast_runtime::health;
use holdfast_runtime::metrics::{self, Metrics};
use holdfast_runtime::shutdown::Shutdown;
use warp::filters::BoxedFilter;
use warp::http::Response;
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
    let metrics = warp::path!("metrics").and(warp::get()).map(move || {
        let mut response = Response::new(metrics.text().into());
        let text = warp::http::HeaderValue::from_static(metrics::CONTENT_TYPE);
        response
            .headers_mut()
            .insert(warp::http::header::CONTENT_TYPE, text);
        response
    });
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
