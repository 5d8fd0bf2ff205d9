//! What all handlers share.

use super::operators::Operators;
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
    pub(super) store: Store,
    pub(super) program: SettingsCache,
    pub(super) operators: Arc<Operators>,
    /// One trial balance at a time: each reads the whole journal.
    pub(super) verifying: Arc<Mutex<()>>,
}

impl ApiContext {
    /// A context on this database. Give it connections of its own: operators must not keep decisions
    /// waiting.
    #[must_use]
    pub fn new(store: Store, program: SettingsCache, operators: &[OperatorToken]) -> Self {
        Self {
            store,
            program,
            operators: Arc::new(Operators::new(operators)),
            verifying: Arc::default(),
        }
    }

    /// The time now.
    pub(super) fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let since = since.unwrap_or_default();
        Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}
