//! Contended accounts, which another transaction has locked. A task waits for their locks, one account per
//! transaction and a few at the same time, so that requests of other accounts do not wait with them.

use super::DecisionContext;
use super::batch_connection::BatchConnection;
use super::pending_request::PendingRequest;
use super::retry::{UndecidedRequests, decide_requests, give_up};
use holdfast_ledger::token::AccountToken;
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::unit::Locked;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::{Semaphore, mpsc};
use tokio_util::task::TaskTracker;

/// The queue of contended accounts, each with its requests.
#[derive(Debug, Clone)]
pub(super) struct ContendedAccounts(mpsc::UnboundedSender<Vec<PendingRequest>>);

impl ContendedAccounts {
    /// Starts the task. It ends when no decision worker is left.
    pub(super) fn start(context: Arc<DecisionContext>, shutdown: &Shutdown) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        drop(shutdown.tasks().spawn(decide_contended(
            context,
            receiver,
            shutdown.tasks().clone(),
        )));
        Self(sender)
    }

    /// Takes requests over. The decision workers' queues bound how many there can be: each request leaves by its
    /// deadline at the latest.
    pub(super) fn enter(&self, pending_requests: Vec<PendingRequest>) {
        let mut accounts: BTreeMap<AccountToken, Vec<PendingRequest>> = BTreeMap::new();
        for pending in pending_requests {
            accounts
                .entry(pending.prepared.request.account.clone())
                .or_default()
                .push(pending);
        }
        for pending_requests in accounts.into_values() {
            if let Err(closed) = self.0.send(pending_requests) {
                closed.0.into_iter().for_each(give_up);
            }
        }
    }
}

async fn decide_contended(
    context: Arc<DecisionContext>,
    mut accounts: mpsc::UnboundedReceiver<Vec<PendingRequest>>,
    tasks: TaskTracker,
) {
    let permits = Arc::new(Semaphore::new(context.options.contended.max(1)));
    while let Some(pending_requests) = accounts.recv().await {
        let Ok(permit) = Arc::clone(&permits).acquire_owned().await else {
            return;
        };
        let context = Arc::clone(&context);
        drop(tasks.spawn(async move {
            context.metrics.count_contended(pending_requests.len());
            let mut opened = None;
            let connection = BatchConnection::for_one_batch(&mut opened);
            let undecided = decide_requests(&context, pending_requests, Locked::Wait, connection);
            let UndecidedRequests {
                contended,
                out_of_time,
            } = undecided.await;
            contended.into_iter().chain(out_of_time).for_each(give_up);
            drop(permit);
        }));
    }
}
