//! A client of Holdfast's public address: JIT requests and notification envelopes over HTTP/1.1.

mod exchange;
mod http;
mod settings;
mod signature;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use rust_decimal::Decimal;

pub use exchange::{JitExchange, JitResponse};
pub use settings::{Credentials, FrontClientSettings};
pub use signature::signature;

use self::http::{Failure, HttpClient, HttpResponse, Target};
use crate::{SimulatorError, Transaction};

/// A client of one Holdfast, as Marqeta is one. Clones share the connections.
#[derive(Clone, Debug)]
pub struct FrontClient {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    client: HttpClient,
    jit: Target,
    webhooks: Target,
    settings: FrontClientSettings,
}

impl FrontClient {
    /// Prepares the connection; nothing is sent yet.
    pub fn new(settings: FrontClientSettings) -> Result<Self, SimulatorError> {
        let jit = Target::new(
            &settings,
            "/jit",
            &settings.gateway,
            &settings.gateway_header,
        )?;
        let webhooks = Target::new(&settings, "/webhooks", &settings.webhooks, &None)?;
        let client = HttpClient::new();
        Ok(Self {
            inner: Arc::new(Inner {
                client,
                jit,
                webhooks,
                settings,
            }),
        })
    }

    /// Sends the JIT request of a transaction, and waits for the response within the limit.
    pub async fn request_authorization(&self, transaction: &Transaction) -> JitExchange {
        self.post_jit(transaction.request().to_string(), transaction.amount)
            .await
    }

    /// Sends a JIT request with any body; `requested` is the amount in it.
    pub async fn post_jit(&self, body: String, requested: Decimal) -> JitExchange {
        let started = Instant::now();
        let Inner {
            client,
            jit,
            settings,
            ..
        } = &*self.inner;
        let response = client
            .post(jit, Bytes::from(body), None, settings.response_limit)
            .await;
        exchange::read_exchange(response, requested, started.elapsed())
    }

    /// Posts notifications in one signed envelope. Returns the status; `None` without a
    /// response in time. Only 200 counts as delivered.
    pub async fn deliver(&self, items: &[Bytes]) -> Option<u16> {
        self.post_envelope(render_envelope(items)).await
    }

    /// Posts any envelope, signed.
    pub async fn post_envelope(&self, body: Bytes) -> Option<u16> {
        let Inner {
            client,
            webhooks,
            settings,
            ..
        } = &*self.inner;
        let signed = settings
            .webhook_secret
            .as_deref()
            .map(|secret| signature(secret, &body));
        match client
            .post(webhooks, body, signed, settings.delivery_limit)
            .await
        {
            Ok(HttpResponse { status, .. }) => Some(status),
            Err(Failure::Timeout | Failure::Connection) => None,
        }
    }
}

/// `{"transactions":[…]}`.
fn render_envelope(items: &[Bytes]) -> Bytes {
    let mut body = b"{\"transactions\":[".to_vec();
    body.extend_from_slice(&items.join(&b","[..]));
    body.extend_from_slice(b"]}");
    body.into()
}
