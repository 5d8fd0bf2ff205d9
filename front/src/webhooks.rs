//! `POST /webhooks`: what Marqeta tells. Every item is stored with its event in one transaction, then
//! the answer is 200, the only status that Marqeta counts as delivered. Nothing is applied here, and no
//! item harms another: what cannot be read is stored, parked and alerted. The [`queue`] stores envelopes
//! that wait at the same moment together.

pub(crate) mod queue;

use crate::answer::Answer;
use crate::body::{self, Streamed};
use crate::credentials::{BasicAuth, is_signed};
use crate::jit::unread;
use holdfast_funding::accept::ReadItem;
use holdfast_marqeta::{Content, Envelope, Malformed};
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
    pub(crate) secret: Option<Secret>,
    pub(crate) queue: NotificationQueue,
}

/// The route.
pub(crate) fn route(webhooks: Arc<Webhooks>) -> BoxedFilter<(warp::reply::Response,)> {
    warp::path!("webhooks")
        .and(warp::post())
        .and(warp::header::headers_cloned())
        .and(body::unread())
        .then(move |headers, body| {
            let webhooks = Arc::clone(&webhooks);
            async move {
                webhooks
                    .answer(headers, body)
                    .await
                    .response()
                    .into_response()
            }
        })
        .boxed()
}

impl Webhooks {
    async fn answer(&self, headers: HeaderMap, body: (Option<u64>, Streamed)) -> Answer {
        if !self.guard.admits(&headers) {
            return Answer::error(401, "unauthorized", "the credentials are wrong", None);
        }
        let body = match body::read(body, BODY_BYTES_MAX).await {
            Ok(body) => body,
            Err(error) => return unread(error, "4 MiB"),
        };
        let signature = headers
            .get("x-marqeta-signature")
            .and_then(|value| value.to_str().ok());
        if let Some(secret) = &self.secret
            && !is_signed(secret, signature, &body)
        {
            return Answer::error(
                401,
                "bad_signature",
                "the signature is missing or wrong",
                None,
            );
        }
        match Envelope::parse(&body) {
            Ok(envelope) => self.accept(read(&envelope)).await,
            Err(error) => Answer::error(400, error.code(), &error.to_string(), error.field()),
        }
    }

    async fn accept(&self, items: Vec<ReadItem>) -> Answer {
        let stored = match items.is_empty() {
            true => Ok(()),
            false => self.queue.store(items).await,
        };
        match stored {
            Ok(()) => Answer {
                status: 200,
                body: "{}".to_owned(),
            },
            Err(NotStored) => Answer::error(
                503,
                "not_stored",
                "the notifications could not be stored now",
                None,
            ),
        }
    }
}

/// What is to be stored of an envelope: everything but pings, its malformed part as one item.
fn read(envelope: &Envelope<'_>) -> Vec<ReadItem> {
    let items = envelope.items();
    let read = items.filter_map(|(family, item)| match item.read(family) {
        Content::Ping => None,
        content => Some(ReadItem {
            family: family.to_owned(),
            raw: item.raw().to_owned(),
            content,
        }),
    });
    let malformed = envelope.malformed.iter().map(|malformed| ReadItem {
        family: Malformed::FAMILY.to_owned(),
        raw: malformed.raw.clone(),
        content: Content::Unreadable(malformed.error.clone()),
    });
    read.chain(malformed).collect()
}
