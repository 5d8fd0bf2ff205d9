//! `POST /jit`: the question. Order of checks (interface section 3): path, method, credentials, size,
//! JSON, fields; then the decision workers decide. The handler waits for its decision worker until the deadline; then the
//! program's timeout policy responds, unless COMMIT is on its way.

use crate::body::{self, BodyError, Streamed};
use crate::credentials::BasicAuth;
use crate::decision_queue::DecisionQueues;
use crate::decision_queue::pending_request::{Claim, PendingRequest, Reply};
use crate::http_response::{HttpResponse, error_response};
use crate::metrics::FrontMetrics;
use crate::refusals::{Refusal, Refusals};
use holdfast_funding::authorize::{PreparedRequest, timeout_response};
use holdfast_funding::clock::now;
use holdfast_funding::processor::{AuthorizationRequest, Processor, StoredResponse};
use holdfast_funding::settings::SettingsCache;
use holdfast_runtime::serve::Peer;
use http::HeaderMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use warp::filters::BoxedFilter;
use warp::{Filter, Reply as _};

/// Marqeta's requests have 1 to 4 KB; 256 KiB is what the interface promises.
const BODY_BYTES_MAX: usize = 256 * 1024;

/// The part of the deadline that is left for the response's own way: a refusal that leaves when time is up
/// arrives late.
const FOR_THE_WAY: u32 = 40;

/// What the handler works with.
#[derive(Debug)]
pub(crate) struct Jit {
    pub(crate) guard: BasicAuth,
    pub(crate) refusals: Refusals,
    pub(crate) queues: DecisionQueues,
    pub(crate) program: SettingsCache,
    pub(crate) metrics: FrontMetrics,
    pub(crate) deadline: Duration,
    pub(crate) processor: Arc<dyn Processor>,
}

/// The route.
pub(crate) fn route(jit: Arc<Jit>) -> BoxedFilter<(warp::reply::Response,)> {
    warp::path!("jit")
        .and(warp::post())
        .and(warp::header::headers_cloned())
        .and(body::unread())
        .and(warp::ext::optional::<Peer>())
        .then(move |headers, body, peer| {
            let jit = Arc::clone(&jit);
            async move {
                let response = jit.respond_to_jit(headers, body, peer).await;
                jit.metrics.count_response(response.status);
                response.response().into_response()
            }
        })
        .boxed()
}

impl Jit {
    async fn respond_to_jit(
        &self,
        headers: HeaderMap,
        body: (Option<u64>, Streamed),
        peer: Option<Peer>,
    ) -> StoredResponse {
        let began = Instant::now();
        if !self.guard.admits(&headers) {
            let refusal = Refusal {
                path: "/jit",
                status: 401,
                cause: "credentials",
                operator: None,
                source: peer.map(|peer| peer.addr.ip()),
            };
            self.refusals.refuse(refusal).await;
            return error_response(
                401,
                "unauthorized",
                "the credentials or the required header are wrong",
                None,
            );
        }
        let body = match body::read(body, BODY_BYTES_MAX).await {
            Ok(body) => body,
            Err(error) => return unread(error, "256 KiB"),
        };
        match self.processor.read_request(&body) {
            Ok(request) => self.decide(request, began).await,
            Err(bad) => error_response(400, bad.code, &bad.message, bad.field.as_deref()),
        }
    }

    async fn decide(&self, request: AuthorizationRequest, began: Instant) -> StoredResponse {
        let (reply, response) = oneshot::channel();
        let claim = Claim::default();
        let limit = request.respond_within.unwrap_or(self.deadline);
        let limit = limit.min(self.deadline);
        let deadline = began + limit - limit / FOR_THE_WAY;
        let prepared = PreparedRequest::new(request, now(), began);
        let request = Arc::clone(&prepared.request);
        let pending = PendingRequest {
            prepared,
            deadline,
            claim: claim.clone(),
            unsure: AtomicBool::new(false),
            reply: Some(reply),
        };
        if self.queues.enter(pending).is_err() {
            self.metrics.count_shed();
            return self.policy(&request);
        }
        let response = self.wait(response, deadline, &claim).await;
        match response {
            Some(Reply::Stored(response)) => {
                self.metrics.observe_decision(began.elapsed());
                response
            }
            Some(Reply::Undecided) | None => {
                self.metrics.count_out_of_time();
                self.policy(&request)
            }
            Some(Reply::Unknown) => {
                let message = "whether this request was decided is not known; ask again";
                error_response(503, "outcome_unknown", message, None)
            }
        }
    }

    /// `None` when the time is up and nothing will be committed any more.
    async fn wait(
        &self,
        mut response: oneshot::Receiver<Reply>,
        deadline: Instant,
        claim: &Claim,
    ) -> Option<Reply> {
        let reply = tokio::time::timeout_at(deadline.into(), &mut response).await;
        match reply {
            Ok(Ok(reply)) => Some(reply),
            // The decision worker is gone. If it may have sent COMMIT, no response of ours may leave.
            Ok(Err(_)) => (!claim.give_up()).then_some(Reply::Unknown),
            Err(_) if claim.give_up() => None,
            // COMMIT is on its way: only the stored response may leave, however late.
            Err(_) => Some(response.await.unwrap_or(Reply::Unknown)),
        }
    }

    fn policy(&self, request: &AuthorizationRequest) -> StoredResponse {
        timeout_response(request, self.program.current().timeout_policy)
    }
}

/// The response to a body that was not read.
pub(crate) fn unread(error: BodyError, limit: &str) -> StoredResponse {
    match error {
        BodyError::TooLarge => error_response(
            413,
            "too_large",
            &format!("the body is larger than {limit}"),
            None,
        ),
        BodyError::Broken => error_response(
            400,
            "broken_body",
            "the body could not be read to its end",
            None,
        ),
    }
}
