//! Without TLS: answers, refusals, limits.

use std::time::{Duration, Instant};

use bytes::Bytes;
use holdfast_runtime::serve::{Limits, Server};
use http::Request;
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::time::timeout;

use crate::support::{connect, get, serve, serve_plain, talk};

#[tokio::test]
async fn a_request_is_answered() {
    let served = serve_plain().await;
    let response = talk(connect(served.addr).await, &get("/hello")).await;
    assert!(response.starts_with("HTTP/1.1 200 OK"), "{response}");
    assert!(response.ends_with("/hello tls=false"), "{response}");
}

#[tokio::test]
async fn http_2_is_understood_without_tls() {
    let served = serve_plain().await;
    let io = TokioIo::new(connect(served.addr).await);
    let (mut sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), io)
        .await
        .unwrap();
    tokio::spawn(connection);
    let request = Request::get(format!("http://{}/two", served.addr));
    let response = sender
        .send_request(request.body(Empty::<Bytes>::new()).unwrap())
        .await
        .unwrap();
    assert_eq!(response.version(), http::Version::HTTP_2);
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert_eq!(body, "/two tls=false");
}

#[tokio::test]
async fn targets_that_are_no_path_never_reach_the_service() {
    let served = serve_plain().await;
    for line in ["CONNECT x:443", "GET http://other/hello", "OPTIONS *"] {
        let text = format!("{line} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let response = talk(connect(served.addr).await, &text).await;
        assert!(
            response.starts_with("HTTP/1.1 400 Bad Request"),
            "{line}: {response}"
        );
        assert!(!response.contains("tls="), "{line}: {response}");
    }
}

#[tokio::test]
async fn a_panic_is_a_500_and_the_server_goes_on() {
    let served = serve_plain().await;
    let response = talk(connect(served.addr).await, &get("/panic")).await;
    assert!(response.starts_with("HTTP/1.1 500"), "{response}");
    let response = talk(connect(served.addr).await, &get("/hello")).await;
    assert!(response.starts_with("HTTP/1.1 200"), "{response}");
}

#[tokio::test]
async fn clients_that_never_finish_their_first_request_are_cut_off() {
    let header_timeout = Duration::from_millis(300);
    let limits = Limits {
        header_timeout,
        ..Limits::default()
    };
    let served = serve(limits, None, Duration::from_secs(60)).await;
    // Nothing, one byte (which may become HTTP/2), half a head.
    for text in ["", "P", "GET / HTTP/1.1\r\nhost: x\r\n"] {
        let began = Instant::now();
        let talk = talk(connect(served.addr).await, text);
        timeout(Duration::from_secs(60), talk)
            .await
            .expect("it must be cut off");
        assert!(
            began.elapsed() >= header_timeout,
            "{text:?}: {:?}",
            began.elapsed()
        );
    }
}

#[tokio::test]
async fn a_slow_answer_is_not_cut_off_by_the_header_timeout() {
    let limits = Limits {
        header_timeout: Duration::from_secs(2),
        ..Limits::default()
    };
    let served = serve(limits, None, Duration::from_secs(60)).await;
    let stream = connect(served.addr).await;
    let talk = tokio::spawn(async move { talk(stream, &get("/slow")).await });
    served.entered.acquire().await.unwrap().forget();
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    served.released.add_permits(1);
    assert!(talk.await.unwrap().ends_with("/slow tls=false"));
}

#[tokio::test]
async fn beyond_the_cap_clients_wait_for_a_place() {
    let limits = Limits {
        connections_max: 1,
        ..Limits::default()
    };
    let served = serve(limits, None, Duration::from_secs(60)).await;
    let first = connect(served.addr).await;
    let first = tokio::spawn(async move { talk(first, &get("/slow")).await });
    served.entered.acquire().await.unwrap().forget();
    let second = connect(served.addr).await;
    let mut second = tokio::spawn(async move { talk(second, &get("/hello")).await });
    assert!(
        timeout(Duration::from_millis(300), &mut second)
            .await
            .is_err(),
        "no place yet"
    );
    served.released.add_permits(1);
    assert!(first.await.unwrap().ends_with("/slow tls=false"));
    assert!(second.await.unwrap().ends_with("/hello tls=false"));
}

#[tokio::test]
async fn a_taken_address_is_named_with_its_setting() {
    let served = serve_plain().await;
    let error = Server::bind(served.addr, "HOLDFAST_PUBLIC_ADDR")
        .await
        .unwrap_err()
        .to_string();
    let expected = format!(
        "cannot listen on {} (setting HOLDFAST_PUBLIC_ADDR): ",
        served.addr
    );
    assert!(error.starts_with(&expected), "{error}");
}
