//! A gateway for the tests: an HTTP server that records its requests and responds as configured.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;

use crate::{AccountKind, Credentials, FrontClient, FrontClientSettings, SimAccount};

/// One received request.
#[derive(Clone, Debug)]
pub(crate) struct ReceivedRequest {
    pub(crate) connection: usize,
    pub(crate) path: String,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: Bytes,
}

/// Status, body and delay.
pub(crate) type FakeResponse = (u16, String, Duration);
type ReceivedRequests = Arc<Mutex<Vec<ReceivedRequest>>>;
type Respond = Arc<dyn Fn(usize, &ReceivedRequest) -> FakeResponse + Send + Sync>;

pub(crate) struct FakeGateway {
    pub(crate) url: String,
    seen: ReceivedRequests,
}

impl ReceivedRequest {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn items(&self) -> Vec<Value> {
        self.json()["transactions"].as_array().unwrap().clone()
    }
}

impl FakeGateway {
    /// Responds to every request by its number (from 0) and content.
    pub(crate) async fn start(
        respond: impl Fn(usize, &ReceivedRequest) -> FakeResponse + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (seen, respond): (ReceivedRequests, Respond) = (Arc::default(), Arc::new(respond));
        let received = seen.clone();
        tokio::spawn(async move {
            for connection in 0.. {
                let (stream, _) = listener.accept().await.unwrap();
                let (received, respond) = (received.clone(), respond.clone());
                let service = service_fn(move |request| {
                    handle(connection, request, received.clone(), respond.clone())
                });
                let io = TokioIo::new(stream);
                tokio::spawn(http1::Builder::new().serve_connection(io, service));
            }
        });
        Self { url, seen }
    }

    /// A gateway that approves what it can read, declines millions, and accepts notifications.
    pub(crate) async fn approving() -> Self {
        Self::start(|_, seen| ok(approval(seen))).await
    }

    pub(crate) fn settings(&self) -> FrontClientSettings {
        let parse = |text| Credentials::parse(text).unwrap();
        FrontClientSettings::new(&self.url, parse("gate:way"), parse("web:hook"))
    }

    pub(crate) fn client(&self) -> FrontClient {
        FrontClient::new(self.settings()).unwrap()
    }

    pub(crate) fn seen(&self) -> Vec<ReceivedRequest> {
        self.seen.lock().unwrap().clone()
    }

    /// All items of all envelopes, in the order of arrival.
    pub(crate) fn items(&self) -> Vec<Value> {
        let posts = self
            .seen()
            .into_iter()
            .filter(|seen| seen.path == "/webhooks");
        posts.flat_map(|seen| seen.items()).collect()
    }
}

pub(crate) fn account(currency: &str) -> SimAccount {
    SimAccount::new("user-7", AccountKind::User, "card-7", currency).unwrap()
}

pub(crate) fn ok(body: String) -> FakeResponse {
    (200, body, Duration::ZERO)
}

pub(crate) fn status(status: u16) -> FakeResponse {
    (status, String::new(), Duration::ZERO)
}

fn approval(seen: &ReceivedRequest) -> String {
    if seen.path == "/webhooks" {
        return String::new();
    }
    let block = seen.json()["gpa_order"]["jit_funding"].clone();
    serde_json::json!({ "jit_funding": block }).to_string()
}

async fn handle(
    connection: usize,
    request: Request<Incoming>,
    received: ReceivedRequests,
    respond: Respond,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let text = |value: &http::HeaderValue| value.to_str().unwrap().to_owned();
    let headers = head
        .headers
        .iter()
        .map(|(n, v)| (n.to_string(), text(v)))
        .collect();
    let (path, body) = (
        head.uri.path().to_owned(),
        body.collect().await.unwrap().to_bytes(),
    );
    let seen = ReceivedRequest {
        connection,
        path,
        headers,
        body,
    };
    let number = {
        let mut received = received.lock().unwrap();
        received.push(seen.clone());
        received.len() - 1
    };
    let (status, body, delay) = respond(number, &seen);
    tokio::time::sleep(delay).await;
    Ok(Response::builder()
        .status(status)
        .body(Full::from(body))
        .unwrap())
}
