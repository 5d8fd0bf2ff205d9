//! One connection, from the handshake to its end.

use std::net::SocketAddr;

use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::Watcher;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;
use tokio_util::sync::CancellationToken;

use super::connection_service::{ConnectionService, HttpService, Peer};
use super::first_request_timeout::{FirstRequest, FirstRequestTimeout};
use super::{Limits, Tls};

/// A permit to be one of the connections served at once.
pub(super) type Permit = Option<OwnedSemaphorePermit>;

/// The context of one connection.
pub(super) struct Connection {
    pub(super) peer: SocketAddr,
    pub(super) limits: Limits,
    pub(super) tls: Option<Tls>,
    pub(super) watcher: Watcher,
    pub(super) kill: CancellationToken,
    pub(super) _permit: Permit,
}

impl Connection {
    /// Serves requests until one side closes, the drain ends them, or the server gives up.
    pub(super) async fn serve<S: HttpService>(self, stream: TcpStream, service: S) {
        // Responses are small; waiting to fill a packet would only delay them.
        drop(stream.set_nodelay(true));
        let kill = self.kill.clone();
        tokio::select! {
            biased;
            () = kill.cancelled() => {}
            () = self.handshake_and_serve(stream, service) => {}
        }
    }

    async fn handshake_and_serve<S: HttpService>(self, stream: TcpStream, service: S) {
        let Some(tls) = &self.tls else {
            return self.serve_http(stream, service).await;
        };
        let handshake = tls.acceptor().accept(stream);
        match tokio::time::timeout(self.limits.handshake_timeout, handshake).await {
            Ok(Ok(stream)) => self.serve_http(stream, service).await,
            Ok(Err(error)) => {
                tracing::debug!(peer = %self.peer, %error, "TLS handshake failed");
            }
            Err(_) => tracing::debug!(peer = %self.peer, "TLS handshake took too long"),
        }
    }

    async fn serve_http<T, S>(self, stream: T, service: S)
    where
        T: AsyncRead + AsyncWrite + Send + Unpin + 'static,
        S: HttpService,
    {
        let first_request = FirstRequest::default();
        let peer = Peer {
            addr: self.peer,
            tls: self.tls.is_some(),
        };
        let service = ConnectionService::new(service, peer, first_request.clone());
        let timeout = self.limits.header_timeout;
        let stream = FirstRequestTimeout::new(stream, timeout, first_request);
        let builder = http_builder(&self.limits);
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        if let Err(error) = self.watcher.watch(connection.into_owned()).await {
            tracing::debug!(peer = %self.peer, error, "Connection ended early");
        }
    }
}

/// HTTP/1 and HTTP/2 with their timers.
fn http_builder(limits: &Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.idle_timeout);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(limits.streams_max)
        .keep_alive_interval(limits.ping_interval)
        .keep_alive_timeout(limits.ping_interval);
    builder
}
