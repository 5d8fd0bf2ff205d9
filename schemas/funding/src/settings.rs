//! The cache of the program's settings: read once, replaced the moment they are changed here, and read again
//! twice a second for what other processes have changed.

use crate::clock::now;
use crate::command::Actor;
use crate::command::audited::{Change, CommandUnit};
use arc_swap::ArcSwap;
use holdfast_store::audit::{AuditAction, AuditObject};
use holdfast_store::program::ProgramSettings;
use holdfast_store::{Store, StoreError};
use std::sync::Arc;
use std::time::Duration;

/// How often settings that other fronts have changed are looked for; they promise two seconds.
const PERIOD: Duration = Duration::from_millis(500);

/// How often a change is tried again when another change was faster.
const ATTEMPTS: u32 = 10;

/// The settings in force. Cheap to clone; all clones are one.
#[derive(Debug, Clone)]
pub struct SettingsCache {
    store: Store,
    current: Arc<ArcSwap<Versioned>>,
}

#[derive(Debug)]
struct Versioned {
    settings: Arc<ProgramSettings>,
    version: i64,
}

/// Why settings were not changed. `E` says what is wrong with the change itself.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError<E> {
    /// The change makes no sense; nothing was stored.
    #[error("updating the program settings failed: {0}")]
    Wrong(E),
    /// The database could not store them.
    #[error("updating the program settings failed: {0}")]
    Store(#[source] StoreError),
    /// Other changes came first, each time.
    #[error("updating the program settings failed: too many concurrent updates, try again")]
    Contended,
}

impl SettingsCache {
    /// Reads the settings. [`SettingsCache::follow_changes`] keeps them fresh.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read the first time.
    pub async fn read(store: Store) -> Result<Self, StoreError> {
        let (settings, version) = store.settings().await?;
        let first = Versioned {
            settings: Arc::new(settings),
            version,
        };
        Ok(Self {
            store,
            current: Arc::new(ArcSwap::from_pointee(first)),
        })
    }

    /// The settings in force.
    #[must_use]
    pub fn current(&self) -> Arc<ProgramSettings> {
        Arc::clone(&self.current.load().settings)
    }

    /// Changes the settings: stored, and in force here, when this returns. `change` is called again
    /// when another change came first.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn change<E>(
        &self,
        actor: &Actor,
        change: impl Fn(&ProgramSettings) -> Result<ProgramSettings, E>,
    ) -> Result<Arc<ProgramSettings>, ChangeError<E>> {
        for _ in 0..ATTEMPTS {
            let (stored, version) = self.store.settings().await.map_err(ChangeError::Store)?;
            let wanted = change(&stored).map_err(ChangeError::Wrong)?;
            if wanted == stored {
                let settings = Arc::new(stored);
                self.replace_older(Arc::clone(&settings), version);
                return Ok(settings);
            }
            let changed = self.store_change(actor, (&stored, version), &wanted).await;
            if let Some(version) = changed.map_err(ChangeError::Store)? {
                let settings = Arc::new(wanted);
                self.replace_older(Arc::clone(&settings), version);
                return Ok(settings);
            }
        }
        Err(ChangeError::Contended)
    }

    /// Stores new settings with the record of their change, unless others came first.
    async fn store_change(
        &self,
        actor: &Actor,
        (stored, version): (&ProgramSettings, i64),
        wanted: &ProgramSettings,
    ) -> Result<Option<i64>, StoreError> {
        let mut unit = CommandUnit::begin(&self.store).await?;
        let changed = unit.change_settings(wanted, version).await?;
        if changed.is_some() {
            let change = Change {
                actor,
                action: AuditAction::Changed,
                object: (AuditObject::Settings, "program".to_owned()),
                account: None,
                before: serde_json::to_value(stored).ok(),
                after: serde_json::to_value(wanted).ok(),
                reason: None,
                at: now(),
            };
            unit.commit_change(change, &[]).await?;
        }
        Ok(changed)
    }

    /// Reads the settings again and again until `stop`; a failed read keeps those known.
    pub async fn follow_changes(self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => return,
                () = tokio::time::sleep(PERIOD) => {}
            }
            match self.store.settings().await {
                Ok((settings, version)) => self.replace_older(Arc::new(settings), version),
                Err(error) => {
                    tracing::debug!(%error, "Cannot read the program's settings, keeping those known");
                }
            }
        }
    }

    /// Takes newer settings; what was read before a change and arrives after it is ignored.
    fn replace_older(&self, settings: Arc<ProgramSettings>, version: i64) {
        let learned = Arc::new(Versioned { settings, version });
        self.current.rcu(|known| {
            if known.version < version {
                Arc::clone(&learned)
            } else {
                Arc::clone(known)
            }
        });
    }
}
