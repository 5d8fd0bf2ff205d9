//! The order of stopping: what receives requests first, the database last.

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
    /// Stops accepting requests, and waits for those in flight.
    pub(in crate::up) async fn close_front(&self) {
        let outcome = self.front.drain(FRONT_WITHIN).await;
        tracing::info!(?outcome, "Front stopped");
    }

    /// Stops front, workers, broker and Postgres, in this order. A second signal cuts
    /// everything except Postgres short; the stop of Postgres is always awaited.
    pub(in crate::up) async fn stop(self, signals: &Shutdown) -> Result<(), UpError> {
        let (front, workers, cut) = (self.front.clone(), self.workers.clone(), signals.cut());
        let hurry = tokio::spawn(async move {
            cut.await;
            front.cut_short();
            workers.cut_short();
        });
        self.close_front().await;
        let outcome = self.workers.drain(WORKERS_WITHIN).await;
        tracing::info!(?outcome, "Workers stopped");
        hurry.abort();
        if let Some(path) = &self.running_file {
            drop(std::fs::remove_file(path));
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
