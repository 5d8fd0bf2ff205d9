//! A connection must send its first request in time.
//!
//! Hyper's header timer starts only after the protocol is known, so a client that sends one byte
//! and nothing more would occupy a connection forever.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// Whether the first request head has arrived.
#[derive(Debug, Clone, Default)]
pub(super) struct FirstRequest(Arc<AtomicBool>);

impl FirstRequest {
    pub(super) fn mark_arrived(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn has_arrived(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// A stream whose reads fail once the time is over without a request.
#[derive(Debug)]
pub(super) struct FirstRequestTimeout<T> {
    inner: T,
    deadline: Pin<Box<Sleep>>,
    first_request: FirstRequest,
}

impl<T> FirstRequestTimeout<T> {
    pub(super) fn new(inner: T, timeout: Duration, first_request: FirstRequest) -> Self {
        Self {
            inner,
            deadline: Box::pin(sleep(timeout)),
            first_request,
        }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for FirstRequestTimeout<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.first_request.has_arrived() && self.deadline.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Pin::new(&mut self.inner).poll_read(cx, buf)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for FirstRequestTimeout<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }
}
