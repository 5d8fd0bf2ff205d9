//! A server under test and the simplest of clients.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use holdfast_runtime::serve::{Limits, Peer, Server, Tls};
use holdfast_runtime::shutdown::{DrainOutcome, Shutdown};
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

/// A server whose `/slow` answers when [`Served::release`] is called.
pub(crate) struct Served {
    pub(crate) addr: SocketAddr,
    pub(crate) shutdown: Shutdown,
    pub(crate) entered: Arc<Semaphore>,
    pub(crate) released: Arc<Semaphore>,
    pub(crate) ended: JoinHandle<DrainOutcome>,
}

pub(crate) async fn serve(limits: Limits, tls: Option<Tls>, deadline: Duration) -> Served {
    let server = Server::bind(([127, 0, 0, 1], 0).into(), "HOLDFAST_PUBLIC_ADDR")
        .await
        .unwrap();
    let server = server.with_limits(limits).with_tls(tls);
    let (addr, shutdown) = (server.local_addr(), Shutdown::default());
    let (entered, released) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
    let gates = (Arc::clone(&entered), Arc::clone(&released));
    let service = tower::service_fn(move |request| response(request, gates.clone()));
    let ended = tokio::spawn(server.run(service, shutdown.clone(), deadline));
    Served {
        addr,
        shutdown,
        entered,
        released,
        ended,
    }
}

pub(crate) async fn serve_plain() -> Served {
    serve(Limits::default(), None, Duration::from_secs(60)).await
}

async fn response(
    request: Request<Incoming>,
    (entered, released): (Arc<Semaphore>, Arc<Semaphore>),
) -> Result<Response<Full<Bytes>>, std::convert::Infallible> {
    let peer = *request.extensions().get::<Peer>().unwrap();
    assert!(request.uri().path() != "/panic", "the test panics here");
    if request.uri().path() == "/slow" {
        entered.add_permits(1);
        released.acquire().await.unwrap().forget();
    }
    let body = format!("{} tls={}", request.uri().path(), peer.tls);
    Ok(Response::new(Full::new(Bytes::from(body))))
}

/// Sends `text` and reads until the server closes the connection.
pub(crate) async fn talk(mut stream: impl AsyncRead + AsyncWrite + Unpin, text: &str) -> String {
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut response = Vec::new();
    // A reset after the response is as good as an end.
    drop(stream.read_to_end(&mut response).await);
    String::from_utf8_lossy(&response).into_owned()
}

pub(crate) fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
}

pub(crate) async fn connect(addr: SocketAddr) -> TcpStream {
    TcpStream::connect(addr).await.unwrap()
}
