//! The order of stopping: who asks first, who keeps the money last.

use super::Parts;
use crate::up::UpError;
use holdfast_runtime::shutdown::Shutdown;
use std::time::Duration;
use tokio::time::timeout;

const FRONT_WITHIN: Duration = Duration::from_secs(5);
const WORKERS_WITHIN: Duration = Duration::from_secs(8);
const CONNECTIONS_WITHIN: Duration = Duration::from_secs(2);
const BROKER_WITHIN: Duration = Duration::from_secs(3);

impl Parts {
    /// Takes no more requests, and waits until those in flight are answered.
    pub(in crate::up) async fn close_door(&self) {
        let outcome = self.front.drain(FRONT_WITHIN).await;
        tracing::info!(?outcome, "Front stopped");
    }

    /// Stops front, workers, broker and Postgres, in this order. A second signal makes everything but
    /// Postgres give up at once; Postgres is always waited for.
    pub(in crate::up) async fn stop(self, signals: &Shutdown) -> Result<(), UpError> {
        let (front, workers, cut) = (self.front.clone(), self.workers.clone(), signals.cut());
        let hurry = tokio::spawn(async move {
            cut.await;
            front.cut_short();
            workers.cut_short();
        });
        self.close_door().await;
        let outcome = self.workers.drain(WORKERS_WITHIN).await;
        tracing::info!(?outcome, "Workers stopped");
        hurry.abort();
        if let Some(note) = &self.note {
            drop(std::fs::remove_file(note));
        }
        if let Some(store) = &self.store {
            drop(timeout(CONNECTIONS_WITHIN, store.close()).await);
        }
        if let Some(broker) = self.broker {
            let stopping = tokio::task::spawn_blocking(move || broker.stop());
            drop(timeout(BROKER_WITHIN, stopping).await);
        }
        match self.postgres {
            Some(postgres) => Ok(postgres.stop().await?),
            None => Ok(()),
        }
    }
}
