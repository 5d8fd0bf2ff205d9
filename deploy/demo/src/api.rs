//! The private API, as any client of an operator calls it.

use holdfast_runtime::settings::Secret;
use http::{Method, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use std::net::SocketAddr;
use std::time::Duration;

const RESPONSE_BYTES_MAX: usize = 1024 * 1024;
const RESPONSE_WITHIN: Duration = Duration::from_secs(10);

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// No response.
    #[error("{method} {path} had no response: {why}")]
    NoResponse {
        /// The request's method.
        method: Method,
        /// The request's path.
        path: String,
        /// What went wrong.
        why: String,
    },
    /// Another status than success.
    #[error("{method} {path} returned {status}: {body}")]
    Rejected {
        /// The request's method.
        method: Method,
        /// The request's path.
        path: String,
        /// The response's status.
        status: StatusCode,
        /// The response's body.
        body: Value,
    },
    /// A response without a field that it should have.
    #[error("the response of {0} has no {1}")]
    MissingField(String, &'static str),
}

/// An HTTP client with the operator's token.
#[derive(Debug, Clone)]
pub struct ApiClient {
    http: Client<HttpConnector, Full<Bytes>>,
    address: SocketAddr,
    token: Secret,
}

impl ApiClient {
    /// A client of the private API at `address`.
    pub fn new(address: SocketAddr, token: Secret) -> Self {
        let http = Client::builder(TokioExecutor::new()).build_http();
        Self {
            http,
            address,
            token,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Result<Value, ApiError> {
        self.call_expecting(Method::GET, path, Value::Null, &[])
            .await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Result<Value, ApiError> {
        self.call_expecting(Method::PUT, path, body, &[]).await
    }

    /// Posts something that an earlier run may have posted: a conflict is no error.
    pub(crate) async fn post_once(&self, path: &str, body: Value) -> Result<Value, ApiError> {
        self.call_expecting(Method::POST, path, body, &[StatusCode::CONFLICT])
            .await
    }

    async fn call_expecting(
        &self,
        method: Method,
        path: &str,
        body: Value,
        also_accepted: &[StatusCode],
    ) -> Result<Value, ApiError> {
        let (status, response) = self.call(&method, path, body).await.map_err(|why| {
            let (method, path) = (method.clone(), path.to_owned());
            ApiError::NoResponse { method, path, why }
        })?;
        if status.is_success() || also_accepted.contains(&status) {
            return Ok(response);
        }
        Err(ApiError::Rejected {
            method,
            path: path.to_owned(),
            status,
            body: response,
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
            let body = Limited::new(response.into_body(), RESPONSE_BYTES_MAX).collect();
            let body = body.await.map_err(|error| error.to_string())?.to_bytes();
            let text = String::from_utf8_lossy(&body).into_owned();
            Ok((
                status,
                serde_json::from_str(&text).unwrap_or(Value::String(text)),
            ))
        };
        let outcome = tokio::time::timeout(RESPONSE_WITHIN, exchange).await;
        outcome.unwrap_or_else(|_| Err("it took longer than 10 s".to_owned()))
    }
}
