//! The program's settings as this front knows them: read once, replaced the moment they are changed
//! here, and read again twice a second for what other fronts have changed.

use arc_swap::ArcSwap;
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::program::ProgramSettings;
use holdfast_store::{Store, StoreError};
use std::sync::Arc;
use std::time::Duration;

/// How often settings that other fronts have changed are looked for; they promise two seconds.
const PERIOD: Duration = Duration::from_millis(500);

/// How often a change is tried again when somebody else was faster.
const ATTEMPTS: u32 = 10;

/// The settings in force. Cheap to clone; all clones are one.
#[derive(Debug, Clone)]
pub struct ProgramWatch {
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
    #[error("changing the program's settings failed: {0}")]
    Wrong(E),
    /// The database could not store them.
    #[error("changing the program's settings failed: {0}")]
    Store(#[source] StoreError),
    /// Others kept changing them.
    #[error("changing the program's settings failed: others change them all the time")]
    Contended,
}

impl ProgramWatch {
    /// Reads the settings, and again and again until `shutdown` drains.
    ///
    /// # Errors
    /// [`StoreError`] when they cannot be read the first time.
    pub async fn follow(store: Store, shutdown: &Shutdown) -> Result<Self, StoreError> {
        let (settings, version) = store.settings().await?;
        let first = Versioned {
            settings: Arc::new(settings),
            version,
        };
        let watch = Self {
            store,
            current: Arc::new(ArcSwap::from_pointee(first)),
        };
        drop(
            shutdown
                .tasks()
                .spawn(watch.clone().reread(shutdown.draining())),
        );
        Ok(watch)
    }

    /// The settings in force.
    #[must_use]
    pub fn current(&self) -> Arc<ProgramSettings> {
        Arc::clone(&self.current.load().settings)
    }

    /// Changes the settings: stored, and in force here, when this returns. `change` is called again
    /// when somebody else has changed them meanwhile.
    ///
    /// # Errors
    /// [`ChangeError`].
    pub async fn change<E>(
        &self,
        change: impl Fn(&ProgramSettings) -> Result<ProgramSettings, E>,
    ) -> Result<Arc<ProgramSettings>, ChangeError<E>> {
        for _ in 0..ATTEMPTS {
            let (stored, version) = self.store.settings().await.map_err(ChangeError::Store)?;
            let wanted = change(&stored).map_err(ChangeError::Wrong)?;
            let changed = self.store.change_settings(&wanted, version).await;
            if let Some(version) = changed.map_err(ChangeError::Store)? {
                let settings = Arc::new(wanted);
                self.learn(Arc::clone(&settings), version);
                return Ok(settings);
            }
        }
        Err(ChangeError::Contended)
    }

    async fn reread(self, stop: impl Future<Output = ()>) {
        tokio::pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => return,
                () = tokio::time::sleep(PERIOD) => {}
            }
            match self.store.settings().await {
                Ok((settings, version)) => self.learn(Arc::new(settings), version),
                Err(error) => {
                    tracing::debug!(%error, "Cannot read the program's settings, keeping those known");
                }
            }
        }
    }

    /// Takes newer settings; what was read before a change and arrives after it is ignored.
    fn learn(&self, settings: Arc<ProgramSettings>, version: i64) {
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
