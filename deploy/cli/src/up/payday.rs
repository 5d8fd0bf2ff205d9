//! Money for the demo accounts while they spend: without it a long run ends in nothing but declines.

use super::api::{Api, ApiError};
use super::demo::{self, Books};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};

const EVERY: Duration = Duration::from_secs(5);

/// Looks after the accounts until it is told to end.
#[derive(Debug)]
pub(super) struct Payday {
    /// Ends the work however this is dropped.
    stop: DropGuard,
    work: JoinHandle<Result<Books, ApiError>>,
}

impl Payday {
    pub(super) fn start(api: Api) -> Self {
        let stop = CancellationToken::new();
        let work = tokio::spawn(pay(api, stop.clone()));
        let stop = stop.drop_guard();
        Self { stop, work }
    }

    /// Ends, and tells what was paid; why nobody knows, if a payment's outcome is unknown.
    pub(super) async fn finish(self) -> Result<Books, String> {
        drop(self.stop);
        match self.work.await {
            Ok(paid) => paid.map_err(|error| format!("a payment to a demo account: {error}")),
            Err(_) => Err("the payments to the demo accounts ended abnormally".to_owned()),
        }
    }
}

async fn pay(api: Api, stop: CancellationToken) -> Result<Books, ApiError> {
    let mut paid = Books::new();
    loop {
        let pause = stop.run_until_cancelled(tokio::time::sleep(EVERY));
        if pause.await.is_none() {
            return Ok(paid);
        }
        demo::top_up_all(&api, &mut paid).await?;
    }
}
