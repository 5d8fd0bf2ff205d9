//! HTTP to a running front, with the right credentials by default.

use crate::HttpResponse;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::{Method, Request, header};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use sha1::Sha1;
use std::net::SocketAddr;

/// What lets callers in; fresh for every front.
#[derive(Debug, Clone)]
pub struct Secrets {
    /// `user:password` of `/jit`.
    pub gateway: String,
    /// `user:password` of `/webhooks`.
    pub webhook: String,
    /// Signs notifications.
    pub signing: String,
    /// Bearer token of `/api/v1`.
    pub operator: String,
}

impl Secrets {
    /// Fresh secrets.
    #[must_use]
    pub fn fresh() -> Self {
        let fresh = || uuid::Uuid::now_v7().simple().to_string();
        Self {
            gateway: format!("gateway:{}", fresh()),
            webhook: format!("webhook:{}", fresh()),
            signing: fresh(),
            operator: fresh(),
        }
    }
}

/// A client of one front.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Where Marqeta calls.
    pub public: SocketAddr,
    /// Where operators look.
    pub private: SocketAddr,
    /// What opens both.
    pub secrets: Secrets,
    http: Client<HttpConnector, Full<Bytes>>,
}

impl Caller {
    /// A caller of these addresses.
    #[must_use]
    pub fn new(public: SocketAddr, private: SocketAddr, secrets: Secrets) -> Self {
        let http = Client::builder(TokioExecutor::new()).build_http();
        Self {
            public,
            private,
            secrets,
            http,
        }
    }

    /// `POST /jit`.
    pub async fn jit(&self, body: impl Into<Bytes>) -> HttpResponse {
        let headers = [("authorization", basic(&self.secrets.gateway))];
        self.send(self.public, Method::POST, "/jit", &headers, body)
            .await
    }

    /// `POST /webhooks`, signed.
    pub async fn notify(&self, body: impl Into<Bytes>) -> HttpResponse {
        let body = body.into();
        let signature = holdfast_simulator::signature(&self.secrets.signing, &body);
        let headers = [
            ("authorization", basic(&self.secrets.webhook)),
            ("x-marqeta-signature", signature),
        ];
        self.send(self.public, Method::POST, "/webhooks", &headers, body)
            .await
    }

    /// A request to the private API, as administrator.
    pub async fn api(&self, method: Method, path: &str, body: impl Into<Bytes>) -> HttpResponse {
        let headers = [("authorization", format!("Bearer {}", self.secrets.operator))];
        self.send(self.private, method, path, &headers, body).await
    }

    /// A look at the private address, without a token.
    pub async fn look(&self, path: &str) -> HttpResponse {
        self.send(self.private, Method::GET, path, &[], "").await
    }

    /// Any request at all.
    ///
    /// # Panics
    /// When there is no response.
    pub async fn send(
        &self,
        to: SocketAddr,
        method: Method,
        path: &str,
        headers: &[(&str, String)],
        body: impl Into<Bytes>,
    ) -> HttpResponse {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("http://{to}{path}"));
        request = request.header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let request = request.body(Full::new(body.into())).unwrap();
        let response = self.http.request(request).await.unwrap();
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        HttpResponse {
            status: head.status.as_u16(),
            headers: head.headers,
            body,
        }
    }
}

/// The value of an `Authorization` header.
#[must_use]
pub fn basic(credentials: &str) -> String {
    format!("Basic {}", STANDARD.encode(credentials))
}

/// The older of the two signatures that Marqeta makes.
#[must_use]
pub fn sha1_signature(secret: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(body);
    mac.finalize()
        .into_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
