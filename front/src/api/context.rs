//! What all handlers share.

use super::operators::Operators;
use crate::refusals::Refusals;
use holdfast_funding::metrics::AlertCounter;
use holdfast_funding::processor::Processor;
use holdfast_funding::settings::SettingsCache;
use holdfast_ledger::time::Moment;
use holdfast_runtime::settings::OperatorToken;
use holdfast_store::Store;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::sync::Mutex;

/// What the private API works with. Cheap to clone; all clones are one.
#[derive(Debug, Clone)]
pub struct ApiContext {
    pub(super) processor: Arc<dyn Processor>,
    pub(super) store: Store,
    pub(super) program: SettingsCache,
    pub(super) operators: Arc<Operators>,
    pub(super) refusals: Refusals,
    /// One trial balance at a time: each reads the whole journal.
    pub(super) verifying: Arc<Mutex<()>>,
}

impl ApiContext {
    /// A context on this database. Give it connections of its own: operators must not keep decisions
    /// waiting.
    #[must_use]
    pub fn new(
        processor: Arc<dyn Processor>,
        store: Store,
        program: SettingsCache,
        operators: &[OperatorToken],
    ) -> Self {
        Self {
            refusals: Refusals::new(store.clone(), AlertCounter::default()),
            processor,
            store,
            program,
            operators: Arc::new(Operators::new(operators)),
            verifying: Arc::default(),
        }
    }

    /// The same context, whose refusals are watched together with others.
    pub(crate) fn with_refusals(self, refusals: Refusals) -> Self {
        Self { refusals, ..self }
    }

    /// The time now.
    pub(super) fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let since = since.unwrap_or_default();
        Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}
