//! Knocking at Holdfast's public address: JIT questions and notification envelopes over HTTP/1.1.

mod client;
mod outcome;
mod settings;
mod signature;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use rust_decimal::Decimal;

pub use outcome::{Heard, JitOutcome};
pub use settings::{Credentials, DoorSettings};
pub use signature::signature;

use crate::{SimulatorError, Transaction};
use client::{Answer, Client, Failure, Target};

/// One Holdfast, as Marqeta sees it. Cloning shares the connections.
#[derive(Clone, Debug)]
pub struct Door {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    client: Client,
    jit: Target,
    webhooks: Target,
    settings: DoorSettings,
}

impl Door {
    /// Prepares the connection; nothing is sent yet.
    pub fn new(settings: DoorSettings) -> Result<Self, SimulatorError> {
        let jit = Target::new(
            &settings,
            "/jit",
            &settings.gateway,
            &settings.gateway_header,
        )?;
        let webhooks = Target::new(&settings, "/webhooks", &settings.webhooks, &None)?;
        let client = Client::new();
        Ok(Self {
            inner: Arc::new(Inner {
                client,
                jit,
                webhooks,
                settings,
            }),
        })
    }

    /// Asks whether a purchase may go through, and remembers what was heard within the limit.
    pub async fn ask(&self, transaction: &Transaction) -> JitOutcome {
        self.ask_text(transaction.request().to_string(), transaction.amount)
            .await
    }

    /// Asks with a body of the caller's own, `asked` being the amount it names.
    pub async fn ask_text(&self, body: String, asked: Decimal) -> JitOutcome {
        let started = Instant::now();
        let Inner {
            client,
            jit,
            settings,
            ..
        } = &*self.inner;
        let answer = client
            .post(jit, Bytes::from(body), None, settings.ask_limit)
            .await;
        outcome::heard(answer, asked, started.elapsed())
    }

    /// Posts notifications in one signed envelope. The status of the answer; `None` when there was
    /// no answer in time. Only 200 counts as delivered.
    pub async fn deliver(&self, items: &[Bytes]) -> Option<u16> {
        self.deliver_body(envelope(items)).await
    }

    /// Posts an envelope of the caller's own, signed.
    pub async fn deliver_body(&self, body: Bytes) -> Option<u16> {
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
            .post(webhooks, body, signed, settings.deliver_limit)
            .await
        {
            Ok(Answer { status, .. }) => Some(status),
            Err(Failure::Timeout | Failure::Connection) => None,
        }
    }
}

/// `{"transactions":[…]}`.
fn envelope(items: &[Bytes]) -> Bytes {
    let mut body = b"{\"transactions\":[".to_vec();
    body.extend_from_slice(&items.join(&b","[..]));
    body.extend_from_slice(b"]}");
    body.into()
}
