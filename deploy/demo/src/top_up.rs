//! Top-ups of the demo accounts: without them every purchase of a long run is declined at last.

use crate::accounts::{self, DemoBalances};
use crate::api::{ApiClient, ApiError};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

const TOP_UP_EVERY: Duration = Duration::from_secs(5);

/// A task that tops up the accounts until it is stopped.
#[derive(Debug)]
pub(crate) struct TopUps {
    /// Ends the task however this is dropped.
    stop: DropGuard,
    task: JoinHandle<Result<DemoBalances, ApiError>>,
}

impl TopUps {
    pub(crate) fn start(api: ApiClient) -> Self {
        let stop = CancellationToken::new();
        let task = tokio::spawn(top_up_until_stopped(api, stop.clone()));
        let stop = stop.drop_guard();
        Self { stop, task }
    }

    /// Stops, and returns what was paid. The error says why that is unknown.
    pub(crate) async fn finish(self) -> Result<DemoBalances, String> {
        drop(self.stop);
        match self.task.await {
            Ok(paid) => paid.map_err(|error| format!("a payment to a demo account: {error}")),
            Err(_) => Err("the payments to the demo accounts ended abnormally".to_owned()),
        }
    }
}

async fn top_up_until_stopped(
    api: ApiClient,
    stop: CancellationToken,
) -> Result<DemoBalances, ApiError> {
    let mut paid = DemoBalances::new();
    loop {
        let pause = stop.run_until_cancelled(tokio::time::sleep(TOP_UP_EVERY));
        if pause.await.is_none() {
            return Ok(paid);
        }
        accounts::top_up_accounts(&api, &mut paid).await?;
    }
}
