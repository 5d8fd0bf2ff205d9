//! The private address: health and metrics without a token, everything else under `/api/v1` with one.

use crate::api::{self, ApiContext};
use holdfast_runtime::health::{self, Health};
use holdfast_runtime::metrics::{self, Metrics};
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::Store;
use std::time::Duration;
use warp::filters::BoxedFilter;
use warp::http::Response;
use warp::{Filter, Reply};

/// The interval at which the database is pinged.
const PING: Duration = Duration::from_millis(500);
/// After this time without an answer the database is away.
const PING_MAX: Duration = Duration::from_secs(1);

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

fn render_health(answer: health::HealthResponse) -> warp::reply::Response {
    warp::reply::with_status(answer.body, answer.status).into_response()
}

/// Keeps the readiness condition `database` up to date.
pub(crate) fn watch_database(store: Store, shutdown: &Shutdown) {
    let condition = Health::declare_readiness(shutdown.health(), "database");
    let draining = shutdown.draining();
    drop(shutdown.tasks().spawn(async move {
        let watching = async {
            loop {
                match tokio::time::timeout(PING_MAX, store.ping()).await {
                    Ok(Ok(())) => condition.mark_met(),
                    Ok(Err(error)) => condition.mark_unmet(error.to_string()),
                    Err(_) => condition.mark_unmet("postgres does not answer"),
                }
                tokio::time::sleep(PING).await;
            }
        };
        tokio::select! {
            () = watching => {}
            () = draining => {}
        }
    }));
}
