//! The HTTP client. Plain HTTP/1.1 with keep-alive; TLS would only need another connector.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::{Credentials, FrontClientSettings};
use crate::SimulatorError;

/// A larger response is an error.
const RESPONSE_BYTES_MAX: usize = 256 * 1024;

/// Posts bodies, keeping connections open.
#[derive(Debug)]
pub(super) struct HttpClient {
    http: Client<HttpConnector, Full<Bytes>>,
}

/// Where to post and the headers that go along.
#[derive(Debug)]
pub(super) struct Target {
    uri: Uri,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// A complete response in time.
pub(super) struct HttpResponse {
    pub(super) status: u16,
    pub(super) body: Bytes,
}

/// No complete response.
pub(super) enum Failure {
    Timeout,
    Connection,
}

impl HttpClient {
    pub(super) fn new() -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let http = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Duration::from_secs(20))
            .build(connector);
        Self { http }
    }

    /// Posts a JSON body and waits for the complete response, at most for `limit`.
    pub(super) async fn post(
        &self,
        target: &Target,
        body: Bytes,
        signature: Option<String>,
        limit: Duration,
    ) -> Result<HttpResponse, Failure> {
        let request = target
            .build_request(body, signature)
            .ok_or(Failure::Connection)?;
        match tokio::time::timeout(limit, self.send_request(request)).await {
            Ok(response) => response.ok_or(Failure::Connection),
            Err(_) => Err(Failure::Timeout),
        }
    }

    async fn send_request(&self, request: Request<Full<Bytes>>) -> Option<HttpResponse> {
        let response = self.http.request(request).await.ok()?;
        let status = response.status().as_u16();
        let body = Limited::new(response.into_body(), RESPONSE_BYTES_MAX)
            .collect()
            .await
            .ok()?;
        Some(HttpResponse {
            status,
            body: body.to_bytes(),
        })
    }
}

impl Target {
    pub(super) fn new(
        settings: &FrontClientSettings,
        path: &str,
        credentials: &Credentials,
        extra: &Option<(String, String)>,
    ) -> Result<Self, SimulatorError> {
        let url = settings.public_url.trim_end_matches('/');
        let wrong = || SimulatorError::Address(settings.public_url.clone());
        let uri: Uri = format!("{url}{path}").parse().map_err(|_| wrong())?;
        if uri.scheme_str() != Some("http") || uri.host().is_none() {
            return Err(wrong());
        }
        let basic = format!("Basic {}", STANDARD.encode(credentials.text()));
        let mut headers = vec![
            sensitive_header("content-type", "application/json")?,
            sensitive_header(header::AUTHORIZATION.as_str(), &basic)?,
        ];
        if let Some((name, value)) = extra {
            headers.push(sensitive_header(name, value)?);
        }
        Ok(Self { uri, headers })
    }

    fn build_request(
        &self,
        body: Bytes,
        signature: Option<String>,
    ) -> Option<Request<Full<Bytes>>> {
        let mut request = Request::post(self.uri.clone());
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(signature) = signature {
            request = request.header("x-marqeta-signature", signature);
        }
        request.body(Full::new(body)).ok()
    }
}

fn sensitive_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), SimulatorError> {
    let wrong = || SimulatorError::Header(name.to_owned());
    let header: HeaderName = name.parse().map_err(|_| wrong())?;
    let mut value: HeaderValue = value.parse().map_err(|_| wrong())?;
    value.set_sensitive(true);
    Ok((header, value))
}
