//! Refused credentials, signatures and roles: counted, logged without the secret, slowed down by source, and
//! alerted when there are many. A request with the right credentials never comes here.

mod sources;

use holdfast_funding::alerts::raise_alert;
use holdfast_funding::clock::now;
use holdfast_funding::metrics::AlertCounter;
use holdfast_funding::processor::Finding;
use holdfast_ledger::alert::AlertKind;
use holdfast_store::Store;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;
use sources::Sources;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use tokio::sync::Semaphore;

/// Refusals that wait at the same time: the connections of others must not run out because of them.
const WAITING_MAX: usize = 256;

/// A refusal: what, why, and the source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Refusal<'a> {
    /// The path: `/jit`, `/webhooks`, `/api/v1`.
    pub(crate) path: &'static str,
    /// 401, or 403 for an operator whose role does not suffice.
    pub(crate) status: u16,
    /// What is wrong: `credentials`, `signature` or `role`.
    pub(crate) cause: &'static str,
    /// The operator, where the token is known.
    pub(crate) operator: Option<&'a str>,
    /// The other end of the connection, perhaps a proxy's.
    pub(crate) source: Option<IpAddr>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RefusalLabel {
    path: &'static str,
    status: u16,
    cause: &'static str,
    operator: String,
}

/// Watches over refusals. Cheap to clone; all clones are one.
#[derive(Debug, Clone)]
pub(crate) struct Refusals {
    counts: Family<RefusalLabel, Counter>,
    sources: Arc<Mutex<Sources>>,
    waiting: Arc<Semaphore>,
    store: Store,
    alerts: AlertCounter,
}

impl Refusals {
    /// Alerts go to this database.
    pub(crate) fn new(store: Store, alerts: AlertCounter) -> Self {
        Self {
            counts: Family::default(),
            sources: Arc::default(),
            waiting: Arc::new(Semaphore::new(WAITING_MAX)),
            store,
            alerts,
        }
    }

    /// Registers the counter.
    pub(crate) fn declare(&self, registry: &mut Registry) {
        let help = "Requests refused for their credentials, signature or role";
        registry.register("refused_requests", help, self.counts.clone());
    }

    /// Counts and logs a refusal.
    pub(crate) fn record_refusal(&self, refusal: Refusal<'_>) {
        let operator = refusal.operator.unwrap_or_default();
        let label = RefusalLabel {
            path: refusal.path,
            status: refusal.status,
            cause: refusal.cause,
            operator: operator.to_owned(),
        };
        self.counts.get_or_create(&label).inc();
        let source = refusal.source.map(|source| source.to_canonical());
        tracing::warn!(
            source = source.map(tracing::field::display),
            operator,
            status = refusal.status,
            cause = refusal.cause,
            "Refused a request to {}",
            refusal.path,
        );
    }

    /// Counts and logs refused credentials, alerts if they are many, and returns when the refusal may leave: the
    /// later, the more often this source has failed.
    pub(crate) async fn refuse(&self, refusal: Refusal<'_>) {
        self.record_refusal(refusal);
        let source = refusal.source.map(|source| source.to_canonical());
        let (delay, many) = {
            let mut sources = self.sources.lock().unwrap_or_else(PoisonError::into_inner);
            sources.note_failure(source, Instant::now())
        };
        if let Some(count) = many {
            drop(tokio::spawn(self.clone().alert(
                refusal.path,
                source,
                count,
            )));
        }
        // Too many wait already: the refusal leaves at once.
        if let Ok(_waiting) = self.waiting.try_acquire()
            && !delay.is_zero()
        {
            tokio::time::sleep(delay).await;
        }
    }

    async fn alert(self, path: &'static str, source: Option<IpAddr>, count: u32) {
        let from = source.map_or_else(|| "an unknown address".to_owned(), |ip| ip.to_string());
        let detail = format!(
            "{count} requests with wrong credentials or signatures came within a minute, the last one from {from} to {path}"
        );
        let finding = Finding::new(AlertKind::AccessRefused, detail);
        if let Err(error) = raise_alert(&self.store, &self.alerts, finding, now()).await {
            tracing::warn!(%error, "Storing an alert about refused requests failed");
        }
    }
}
