//! The private API, as any program of the operator would call it.

use holdfast_runtime::settings::Secret;
use http::{Method, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use std::net::SocketAddr;
use std::time::Duration;

const ANSWER_BYTES_MAX: usize = 1024 * 1024;
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Why a call came to nothing.
#[derive(Debug, thiserror::Error)]
pub(super) enum ApiError {
    /// No answer.
    #[error("{method} {path} had no answer: {why}")]
    Silent {
        /// What was asked.
        method: Method,
        /// Of what.
        path: String,
        /// What went wrong.
        why: String,
    },
    /// Another answer than was hoped for.
    #[error("{method} {path} was answered with {status}: {body}")]
    Refused {
        /// What was asked.
        method: Method,
        /// Of what.
        path: String,
        /// The answer.
        status: StatusCode,
        /// Its body.
        body: Value,
    },
    /// An answer without what it should hold.
    #[error("the answer of {0} has no {1}")]
    Lacking(String, &'static str),
}

/// A caller with the operator's token.
#[derive(Debug, Clone)]
pub(super) struct Api {
    http: Client<HttpConnector, Full<Bytes>>,
    address: SocketAddr,
    token: Secret,
}

impl Api {
    pub(super) fn new(address: SocketAddr, token: Secret) -> Self {
        let http = Client::builder(TokioExecutor::new()).build_http();
        Self {
            http,
            address,
            token,
        }
    }

    pub(super) async fn get(&self, path: &str) -> Result<Value, ApiError> {
        self.accepted(Method::GET, path, Value::Null, &[]).await
    }

    pub(super) async fn put(&self, path: &str, body: Value) -> Result<Value, ApiError> {
        self.accepted(Method::PUT, path, body, &[]).await
    }

    /// Posts something that may have been done before: a conflict is then no error.
    pub(super) async fn post_once(&self, path: &str, body: Value) -> Result<Value, ApiError> {
        self.accepted(Method::POST, path, body, &[StatusCode::CONFLICT])
            .await
    }

    async fn accepted(
        &self,
        method: Method,
        path: &str,
        body: Value,
        also: &[StatusCode],
    ) -> Result<Value, ApiError> {
        let (status, answer) = self.call(&method, path, body).await.map_err(|why| {
            let (method, path) = (method.clone(), path.to_owned());
            ApiError::Silent { method, path, why }
        })?;
        if status.is_success() || also.contains(&status) {
            return Ok(answer);
        }
        Err(ApiError::Refused {
            method,
            path: path.to_owned(),
            status,
            body: answer,
        })
    }

    async fn call(
        &self,
        method: &Method,
        path: &str,
        body: Value,
    ) -> Result<(StatusCode, Value), String> {
        let uri: Uri = format!("http://{}/api/v1{path}", self.address)
            .parse()
            .map_err(|error| format!("{error}"))?;
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let request = Request::builder()
            .method(method)
            .uri(uri)
            .header(header::CONTENT_TYPE, "application/json")
            .header(
                header::AUTHORIZATION,
                format!("Bearer {}", self.token.expose()),
            )
            .body(Full::new(Bytes::from(body)))
            .map_err(|error| error.to_string())?;
        let exchange = async {
            let response = self
                .http
                .request(request)
                .await
                .map_err(|e| e.to_string())?;
            let status = response.status();
            let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX).collect();
            let body = body.await.map_err(|error| error.to_string())?.to_bytes();
            let text = String::from_utf8_lossy(&body).into_owned();
            Ok((
                status,
                serde_json::from_str(&text).unwrap_or(Value::String(text)),
            ))
        };
        let exchanged = tokio::time::timeout(ANSWER_WITHIN, exchange).await;
        exchanged.unwrap_or_else(|_| Err("it took longer than 10 s".to_owned()))
    }
}
