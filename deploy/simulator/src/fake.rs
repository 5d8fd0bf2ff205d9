//! A gateway for the tests here: a small HTTP server that writes down what it was asked and
//! answers as it is told.

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

use crate::{AccountKind, Credentials, Door, DoorSettings, SimAccount};

/// One request as it came in.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) connection: usize,
    pub(crate) path: String,
    pub(crate) headers: HashMap<String, String>,
    pub(crate) body: Bytes,
}

/// Status, body and how long it takes to come.
pub(crate) type Reply = (u16, String, Duration);
type Seens = Arc<Mutex<Vec<Seen>>>;
type Behaviour = Arc<dyn Fn(usize, &Seen) -> Reply + Send + Sync>;

pub(crate) struct FakeGateway {
    pub(crate) url: String,
    seen: Seens,
}

impl Seen {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn items(&self) -> Vec<Value> {
        self.json()["transactions"].as_array().unwrap().clone()
    }
}

impl FakeGateway {
    /// Answers every request by its number (from 0) and content.
    pub(crate) async fn start(
        behaviour: impl Fn(usize, &Seen) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (seen, behaviour): (Seens, Behaviour) = (Arc::default(), Arc::new(behaviour));
        let seens = seen.clone();
        tokio::spawn(async move {
            for connection in 0.. {
                let (stream, _) = listener.accept().await.unwrap();
                let (seens, behaviour) = (seens.clone(), behaviour.clone());
                let service = service_fn(move |request| {
                    answer(connection, request, seens.clone(), behaviour.clone())
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

    pub(crate) fn settings(&self) -> DoorSettings {
        let parse = |text| Credentials::parse(text).unwrap();
        DoorSettings::new(&self.url, parse("gate:way"), parse("web:hook"))
    }

    pub(crate) fn door(&self) -> Door {
        Door::new(self.settings()).unwrap()
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
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

pub(crate) fn ok(body: String) -> Reply {
    (200, body, Duration::ZERO)
}

pub(crate) fn status(status: u16) -> Reply {
    (status, String::new(), Duration::ZERO)
}

fn approval(seen: &Seen) -> String {
    if seen.path == "/webhooks" {
        return String::new();
    }
    let block = seen.json()["gpa_order"]["jit_funding"].clone();
    serde_json::json!({ "jit_funding": block }).to_string()
}

async fn answer(
    connection: usize,
    request: Request<Incoming>,
    seens: Seens,
    behaviour: Behaviour,
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
    let seen = Seen {
        connection,
        path,
        headers,
        body,
    };
    let number = {
        let mut seens = seens.lock().unwrap();
        seens.push(seen.clone());
        seens.len() - 1
    };
    let (status, body, delay) = behaviour(number, &seen);
    tokio::time::sleep(delay).await;
    Ok(Response::builder()
        .status(status)
        .body(Full::from(body))
        .unwrap())
}
