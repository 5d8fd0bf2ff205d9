//! `POST /webhooks`: the notifications of the processor. Every item is stored with its event in one database transaction, then
//! the response is 200, the only status that Marqeta counts as delivered. Nothing is applied here, and no
//! item harms another: what cannot be read is stored, parked and alerted. The [`queue`] stores envelopes
//! that wait at the same moment together.

pub(crate) mod queue;

use crate::body::{self, Streamed};
use crate::credentials::BasicAuth;
use crate::http_response::{HttpResponse, error_response};
use crate::jit::unread;
use crate::refusals::{Refusal, Refusals};
use holdfast_funding::processor::{Notification, Processor, StoredResponse};
use holdfast_runtime::serve::Peer;
use holdfast_runtime::settings::Secret;
use http::HeaderMap;
use queue::{NotStored, NotificationQueue};
use std::sync::Arc;
use warp::filters::BoxedFilter;
use warp::{Filter, Reply as _};

/// Ten notifications of a few kilobytes each, with room for what networks add.
const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// What the handler works with.
#[derive(Debug)]
pub(crate) struct Webhooks {
    pub(crate) guard: BasicAuth,
    pub(crate) refusals: Refusals,
    pub(crate) secret: Option<Secret>,
    pub(crate) queue: NotificationQueue,
    pub(crate) processor: Arc<dyn Processor>,
}

/// The route.
pub(crate) fn route(webhooks: Arc<Webhooks>) -> BoxedFilter<(warp::reply::Response,)> {
    warp::path!("webhooks")
        .and(warp::post())
        .and(warp::header::headers_cloned())
        .and(body::unread())
        .and(warp::ext::optional::<Peer>())
        .then(move |headers, body, peer| {
            let webhooks = Arc::clone(&webhooks);
            async move {
                webhooks
                    .respond_to_webhook(headers, body, peer)
                    .await
                    .response()
                    .into_response()
            }
        })
        .boxed()
}

impl Webhooks {
    /// Counts, logs and slows down a refusal.
    async fn refuse(&self, cause: &'static str, peer: Option<Peer>) {
        let refusal = Refusal {
            path: "/webhooks",
            status: 401,
            cause,
            operator: None,
            source: peer.map(|peer| peer.addr.ip()),
        };
        self.refusals.refuse(refusal).await;
    }

    async fn respond_to_webhook(
        &self,
        headers: HeaderMap,
        body: (Option<u64>, Streamed),
        peer: Option<Peer>,
    ) -> StoredResponse {
        if !self.guard.admits(&headers) {
            self.refuse("credentials", peer).await;
            return error_response(401, "unauthorized", "the credentials are wrong", None);
        }
        let body = match body::read(body, BODY_BYTES_MAX).await {
            Ok(body) => body,
            Err(error) => return unread(error, "4 MiB"),
        };
        let signature = headers
            .get(self.processor.signature_header())
            .and_then(|value| value.to_str().ok());
        if let Some(secret) = &self.secret
            && !self
                .processor
                .verify_signature(secret.expose().as_bytes(), signature, &body)
        {
            self.refuse("signature", peer).await;
            return error_response(
                401,
                "bad_signature",
                "the signature is missing or wrong",
                None,
            );
        }
        match self.processor.read_notifications(&body) {
            Ok(notifications) => self.accept(notifications).await,
            Err(bad) => error_response(400, bad.code, &bad.message, bad.field.as_deref()),
        }
    }

    async fn accept(&self, items: Vec<Notification>) -> StoredResponse {
        let stored = match items.is_empty() {
            true => Ok(()),
            false => self.queue.store(items).await,
        };
        match stored {
            Ok(()) => StoredResponse {
                status: 200,
                body: "{}".to_owned(),
            },
            Err(NotStored) => error_response(
                503,
                "not_stored",
                "the notifications could not be stored now",
                None,
            ),
        }
    }
}
