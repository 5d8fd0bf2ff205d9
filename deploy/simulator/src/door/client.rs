//! The HTTP client. Plain HTTP/1.1 with keep-alive; TLS would be another connector here and
//! nothing else.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::client::legacy::{Client as Legacy, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioTimer};

use super::{Credentials, DoorSettings};
use crate::SimulatorError;

/// An answer is small; more than this is none.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

type Connector = HttpConnector;

/// Posts bodies, keeping connections open.
#[derive(Debug)]
pub(super) struct Client {
    http: Legacy<Connector, Full<Bytes>>,
}

/// Where to post and the headers that go along.
#[derive(Debug)]
pub(super) struct Target {
    uri: Uri,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// An answer that came whole and in time.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Bytes,
}

/// No answer.
pub(super) enum Failure {
    Timeout,
    Connection,
}

impl Client {
    pub(super) fn new() -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let http = Legacy::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Duration::from_secs(20))
            .build(connector);
        Self { http }
    }

    /// Posts a JSON body and waits for the whole answer, at most for `limit`.
    pub(super) async fn post(
        &self,
        target: &Target,
        body: Bytes,
        signature: Option<String>,
        limit: Duration,
    ) -> Result<Answer, Failure> {
        let request = target.request(body, signature).ok_or(Failure::Connection)?;
        match tokio::time::timeout(limit, self.exchange(request)).await {
            Ok(answer) => answer.ok_or(Failure::Connection),
            Err(_) => Err(Failure::Timeout),
        }
    }

    async fn exchange(&self, request: Request<Full<Bytes>>) -> Option<Answer> {
        let response = self.http.request(request).await.ok()?;
        let status = response.status().as_u16();
        let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX)
            .collect()
            .await
            .ok()?;
        Some(Answer {
            status,
            body: body.to_bytes(),
        })
    }
}

impl Target {
    pub(super) fn new(
        settings: &DoorSettings,
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
            own_header("content-type", "application/json")?,
            own_header(header::AUTHORIZATION.as_str(), &basic)?,
        ];
        if let Some((name, value)) = extra {
            headers.push(own_header(name, value)?);
        }
        Ok(Self { uri, headers })
    }

    fn request(&self, body: Bytes, signature: Option<String>) -> Option<Request<Full<Bytes>>> {
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

fn own_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), SimulatorError> {
    let wrong = || SimulatorError::Header(name.to_owned());
    let header: HeaderName = name.parse().map_err(|_| wrong())?;
    let mut value: HeaderValue = value.parse().map_err(|_| wrong())?;
    value.set_sensitive(true);
    Ok((header, value))
}
