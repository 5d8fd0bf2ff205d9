//! The end of a server.

use std::time::Duration;

use holdfast_runtime::health::Health;
use holdfast_runtime::metrics::Metrics;
use holdfast_runtime::monitor;
use holdfast_runtime::serve::{Limits, Server};
use holdfast_runtime::shutdown::{DrainOutcome, Shutdown};
use tokio::net::TcpStream;

use crate::support::{connect, get, serve, serve_plain, talk};

#[tokio::test]
async fn a_drain_finishes_the_request_in_flight_and_refuses_new_ones() {
    let served = serve_plain().await;
    let stream = connect(served.addr).await;
    // Kept alive by the client: the drain must close it after the response.
    let text = "GET /slow HTTP/1.1\r\nhost: x\r\n\r\n";
    let talk = tokio::spawn(async move { talk(stream, text).await });
    served.entered.acquire().await.unwrap().forget();
    served.shutdown.begin_drain();
    while TcpStream::connect(served.addr).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(!served.ended.is_finished());
    served.released.add_permits(1);
    assert!(talk.await.unwrap().ends_with("/slow tls=false"));
    let outcome = served.ended.await.unwrap();
    assert!(
        matches!(outcome, DrainOutcome::Finished { .. }),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn idle_connections_do_not_hold_up_a_drain() {
    let served = serve_plain().await;
    let _idle = connect(served.addr).await;
    let response = talk(connect(served.addr).await, &get("/hello")).await;
    assert!(response.contains("200 OK"));
    served.shutdown.begin_drain();
    let outcome = served.ended.await.unwrap();
    assert!(
        matches!(outcome, DrainOutcome::Finished { .. }),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn a_drain_gives_up_at_its_deadline() {
    let served = serve(Limits::default(), None, Duration::from_millis(100)).await;
    let stream = connect(served.addr).await;
    let talk = tokio::spawn(async move { talk(stream, &get("/slow")).await });
    served.entered.acquire().await.unwrap().forget();
    served.shutdown.begin_drain();
    assert_eq!(
        served.ended.await.unwrap(),
        DrainOutcome::TimedOut { left: 1 }
    );
    assert_eq!(talk.await.unwrap(), "");
}

#[tokio::test]
async fn a_second_signal_cuts_the_drain_short() {
    let served = serve(Limits::default(), None, Duration::from_secs(60)).await;
    let stream = connect(served.addr).await;
    let _talk = tokio::spawn(async move { talk(stream, &get("/slow")).await });
    served.entered.acquire().await.unwrap().forget();
    served.shutdown.begin_drain();
    served.shutdown.cut_short();
    assert_eq!(
        served.ended.await.unwrap(),
        DrainOutcome::CutShort { left: 1 }
    );
}

#[tokio::test]
async fn the_monitor_tells_health_and_metrics() {
    let server = Server::bind(([127, 0, 0, 1], 0).into(), "HOLDFAST_WORKERS_ADDR")
        .await
        .unwrap();
    let (addr, health) = (server.local_addr(), Health::new());
    let database = health.declare_readiness("database");
    let shutdown = Shutdown::new(health.clone());
    tokio::spawn(monitor::serve_monitoring(
        server,
        health,
        Metrics::new(),
        shutdown,
    ));
    let ask = async |path: &str| talk(connect(addr).await, &get(path)).await;
    assert!(ask("/livez").await.starts_with("HTTP/1.1 200"));
    assert!(
        ask("/readyz")
            .await
            .ends_with("not ready: database: not checked yet\n")
    );
    database.mark_met();
    assert!(ask("/readyz").await.starts_with("HTTP/1.1 200"));
    assert!(
        ask("/metrics")
            .await
            .contains("process_resident_memory_bytes ")
    );
    assert!(ask("/other").await.starts_with("HTTP/1.1 404"));
}
