//! The accept loop: bind, accept, limit, drain.
//!
//! A library's own loop would have no connection limit, no timers, no TLS and no drain deadline;
//! this one has, and takes any tower service, for example `warp::service(filter)`.

mod connection;
mod connection_service;
mod first_request_timeout;
mod limits;
mod tls;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use connection_service::{HttpService, Peer};
pub use limits::Limits;
pub use tls::{Tls, TlsError, TlsFiles};

use crate::shutdown::{DrainOutcome, Shutdown};
use connection::Connection;

/// An address could not be taken.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {addr} (setting {setting}): {source}")]
pub struct BindError {
    addr: SocketAddr,
    setting: &'static str,
    source: io::Error,
}

/// A bound address, not yet served.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    addr: SocketAddr,
    limits: Limits,
    tls: Option<Tls>,
}

impl Server {
    /// Takes `addr` (port 0: any free port). `setting` is named when that fails.
    ///
    /// # Errors
    /// When the address is in use, not of this machine, or not allowed.
    pub async fn bind(addr: SocketAddr, setting: &'static str) -> Result<Self, BindError> {
        let fail = |source| BindError {
            addr,
            setting,
            source,
        };
        let listener = TcpListener::bind(addr).await.map_err(fail)?;
        let addr = listener.local_addr().map_err(fail)?;
        Ok(Self {
            listener,
            addr,
            limits: Limits::default(),
            tls: None,
        })
    }

    /// Replaces the default limits.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Speaks TLS when `tls` is given.
    #[must_use]
    pub fn with_tls(mut self, tls: impl Into<Option<Tls>>) -> Self {
        self.tls = tls.into();
        self
    }

    /// The address in use, with its real port.
    pub fn local_addr(&self) -> SocketAddr {
        self.addr
    }

    /// Serves until `shutdown` drains, then lets requests in flight finish within `deadline`.
    ///
    /// The service sees only requests with an origin-form target; each carries a [`Peer`] as an
    /// extension. A panic in it becomes a 500 and a log line.
    pub async fn run<S: HttpService>(
        self,
        service: S,
        shutdown: Shutdown,
        deadline: Duration,
    ) -> DrainOutcome {
        let context = ServerContext::new(self.limits, self.tls);
        let draining = shutdown.draining();
        tokio::pin!(draining);
        loop {
            tokio::select! {
                biased;
                () = &mut draining => break,
                (stream, permit) = accept_connection(&self.listener, &context.permits) => {
                    let connection = context.new_connection(stream.1, permit);
                    context.tasks.spawn(connection.serve(stream.0, service.clone()));
                }
            }
        }
        // Closed before the wait: new connections must reach another process.
        drop(self.listener);
        context.drain(&shutdown, deadline).await
    }
}

/// What all connections of a server share.
struct ServerContext {
    limits: Limits,
    tls: Option<Tls>,
    permits: Arc<Semaphore>,
    graceful: GracefulShutdown,
    kill: CancellationToken,
    tasks: TaskTracker,
}

impl ServerContext {
    fn new(limits: Limits, tls: Option<Tls>) -> Self {
        Self {
            limits,
            tls,
            permits: Arc::new(Semaphore::new(limits.connections_max)),
            graceful: GracefulShutdown::new(),
            kill: CancellationToken::new(),
            tasks: TaskTracker::new(),
        }
    }

    fn new_connection(&self, peer: SocketAddr, permit: connection::Permit) -> Connection {
        Connection {
            peer,
            limits: self.limits,
            tls: self.tls.clone(),
            watcher: self.graceful.watcher(),
            kill: self.kill.clone(),
            _permit: permit,
        }
    }

    async fn drain(self, shutdown: &Shutdown, deadline: Duration) -> DrainOutcome {
        let started = Instant::now();
        self.tasks.close();
        let finished = async {
            self.graceful.shutdown().await;
            self.tasks.wait().await;
        };
        let outcome = tokio::select! {
            biased;
            () = finished => DrainOutcome::Finished { took: started.elapsed() },
            () = shutdown.cut() => DrainOutcome::CutShort { left: self.tasks.len() },
            () = tokio::time::sleep(deadline) => DrainOutcome::TimedOut { left: self.tasks.len() },
        };
        self.kill.cancel();
        outcome
    }
}

/// Waits for a permit first: beyond the limit, clients queue in the kernel's backlog.
async fn accept_connection(
    listener: &TcpListener,
    permits: &Arc<Semaphore>,
) -> ((TcpStream, SocketAddr), connection::Permit) {
    let permit = Arc::clone(permits).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok(accepted) => return (accepted, permit),
            Err(error) => pause_after(&error).await,
        }
    }
}

/// Pauses after an error that may persist (no more files), not after a closed connection.
async fn pause_after(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionReset, Interrupted};
    if !matches!(
        error.kind(),
        ConnectionAborted | ConnectionReset | Interrupted
    ) {
        tracing::warn!(%error, "Cannot accept a connection, retrying in 100 ms");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
