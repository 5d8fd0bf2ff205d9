//! The side: accounts that somebody else has locked are waited for here, one account a transaction, a
//! few at the same time, so that nobody else's requests wait with them.

use super::Desk;
use super::lane::{self, Left};
use super::ticket::Ticket;
use super::turn::Turn;
use holdfast_ledger::token::AccountToken;
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::unit::Locked;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::{Semaphore, mpsc};
use tokio_util::task::TaskTracker;

/// The entrance to the side.
#[derive(Debug, Clone)]
pub(super) struct Side(mpsc::UnboundedSender<Vec<Ticket>>);

impl Side {
    /// Starts it. It ends when no lane is left.
    pub(super) fn start(desk: Arc<Desk>, shutdown: &Shutdown) -> Self {
        let (sender, receiver) = mpsc::unbounded_channel();
        drop(
            shutdown
                .tasks()
                .spawn(run(desk, receiver, shutdown.tasks().clone())),
        );
        Self(sender)
    }

    /// Takes requests over. The lanes' queues bound how many there can be: each request leaves by its
    /// deadline at the latest.
    pub(super) fn enter(&self, tickets: Vec<Ticket>) {
        let mut accounts: BTreeMap<AccountToken, Vec<Ticket>> = BTreeMap::new();
        for ticket in tickets {
            accounts
                .entry(ticket.prepared.request.account.clone())
                .or_default()
                .push(ticket);
        }
        for tickets in accounts.into_values() {
            if let Err(closed) = self.0.send(tickets) {
                closed.0.into_iter().for_each(lane::give_up);
            }
        }
    }
}

async fn run(
    desk: Arc<Desk>,
    mut accounts: mpsc::UnboundedReceiver<Vec<Ticket>>,
    tasks: TaskTracker,
) {
    let permits = Arc::new(Semaphore::new(desk.options.side.max(1)));
    while let Some(tickets) = accounts.recv().await {
        let Ok(permit) = Arc::clone(&permits).acquire_owned().await else {
            return;
        };
        let desk = Arc::clone(&desk);
        drop(tasks.spawn(async move {
            desk.metrics.side(tickets.len());
            let mut begun = None;
            let turn = Turn::alone(&mut begun);
            let left = lane::work(&desk, tickets, Locked::Wait, turn).await;
            let Left {
                contended,
                out_of_time,
            } = left;
            contended
                .into_iter()
                .chain(out_of_time)
                .for_each(lane::give_up);
            drop(permit);
        }));
    }
}
