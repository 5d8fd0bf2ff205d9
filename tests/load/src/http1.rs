//! A lean HTTP/1.1 client: one buffer out, one response in, on a connection that is kept. A full client
//! costs more than the front that it asks, and both share this machine's cores.

mod response;
mod tls;

use anyhow::{Context, Result};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

pub(crate) use tls::{Certificate, Connector};

/// Longer than any response may take.
const RESPOND_WITHIN: Duration = Duration::from_secs(30);

/// The front that is asked.
#[derive(Clone)]
pub(crate) struct FrontClient {
    pub(crate) address: SocketAddr,
    pub(crate) tls: Option<Connector>,
}

/// A connection to it.
pub(crate) struct Line {
    stream: Stream,
    inbox: Vec<u8>,
}

/// What was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HttpResponse<'a> {
    pub(crate) status: u16,
    pub(crate) body: &'a [u8],
}

impl HttpResponse<'_> {
    /// Its status, and the reason of a decline.
    pub(crate) fn said(&self) -> String {
        let text = String::from_utf8_lossy(self.body);
        let rest = text.split_once("\"decline_reason\":\"");
        let reason = rest.and_then(|(_, rest)| rest.split('"').next());
        format!("{} {}", self.status, reason.unwrap_or_default())
    }
}

enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl FrontClient {
    /// Connects.
    pub(crate) async fn connect(&self) -> Result<Line> {
        let tcp = TcpStream::connect(self.address)
            .await
            .context("connecting to the front")?;
        tcp.set_nodelay(true)?;
        let stream = match &self.tls {
            None => Stream::Plain(tcp),
            Some(connector) => Stream::Tls(Box::new(connector.connect(tcp).await?)),
        };
        Ok(Line {
            stream,
            inbox: Vec::with_capacity(4096),
        })
    }
}

impl Line {
    /// Sends a whole request, and waits for the whole response.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> Result<HttpResponse<'_>> {
        let exchange = tokio::time::timeout(RESPOND_WITHIN, self.exchange(request));
        let head = exchange.await.context("the front did not respond")??;
        Ok(HttpResponse {
            status: head.status,
            body: self.inbox.get(head.length..).unwrap_or_default(),
        })
    }

    async fn exchange(&mut self, request: &[u8]) -> Result<response::Head> {
        self.inbox.clear();
        self.stream.send(request).await?;
        loop {
            let read = self.stream.receive(&mut self.inbox).await?;
            anyhow::ensure!(read > 0, "the front closed a connection");
            let Some(head) = response::head(&self.inbox)? else {
                continue;
            };
            if self.inbox.len() >= head.length + head.body {
                return Ok(head);
            }
        }
    }
}

impl Stream {
    async fn send(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        match self {
            Self::Plain(stream) => stream.write_all(bytes).await,
            Self::Tls(stream) => {
                stream.write_all(bytes).await?;
                stream.flush().await
            }
        }
    }

    async fn receive(&mut self, into: &mut Vec<u8>) -> std::io::Result<usize> {
        match self {
            Self::Plain(stream) => stream.read_buf(into).await,
            Self::Tls(stream) => stream.read_buf(into).await,
        }
    }
}
