//! The cable between a program and Postgres, which a test can pull and plug in again, and tap.

mod count;

use count::Listener;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream, tcp};
use tokio::sync::watch;

/// Passes connections on to Postgres as long as it is plugged in.
#[derive(Debug)]
pub struct Cable {
    url: String,
    plugged: watch::Sender<bool>,
    tap: Arc<Tap>,
}

/// Counts on connections of one name how often the program waited for Postgres.
#[derive(Debug)]
struct Tap {
    name: &'static str,
    waits: AtomicU64,
}

impl Cable {
    /// A cable to the database of this address.
    pub async fn to(url: &str) -> Self {
        Self::tapped(url, "nobody").await
    }

    /// The same; counts the round trips of connections with this application name.
    pub async fn tapped(url: &str, name: &'static str) -> Self {
        let (rest, path) = url.rsplit_once('/').unwrap();
        let (user, server) = rest.rsplit_once('@').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap();
        let (plugged, watched) = watch::channel(true);
        let tap = Arc::new(Tap {
            name,
            waits: AtomicU64::new(0),
        });
        let server = server.parse().unwrap();
        tokio::spawn(pass_on(listener, server, watched, Arc::clone(&tap)));
        Self {
            url: format!("{user}@{here}/{path}"),
            plugged,
            tap,
        }
    }

    /// Round trips so far.
    #[must_use]
    pub fn round_trips(&self) -> u64 {
        self.tap.waits.load(Ordering::Relaxed)
    }

    /// The database's address at this end of the cable.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Breaks all connections; new ones are closed at once.
    pub fn pull(&self) {
        self.plugged.send_replace(false);
    }

    /// Lets connections through again.
    pub fn plug_in(&self) {
        self.plugged.send_replace(true);
    }
}

async fn pass_on(
    listener: TcpListener,
    server: SocketAddr,
    plugged: watch::Receiver<bool>,
    tap: Arc<Tap>,
) {
    while let Ok((near, _)) = listener.accept().await {
        if *plugged.borrow() {
            tokio::spawn(connect(near, server, plugged.clone(), Arc::clone(&tap)));
        }
    }
}

async fn connect(
    near: TcpStream,
    server: SocketAddr,
    mut plugged: watch::Receiver<bool>,
    tap: Arc<Tap>,
) {
    let Ok(far) = TcpStream::connect(server).await else {
        return;
    };
    let (near_in, mut near_out) = near.into_split();
    let (mut far_in, far_out) = far.into_split();
    // Either end may close first; a broken connection is what is wanted here.
    tokio::select! {
        _ = ask(near_in, far_out, &tap) => {}
        _ = copy(&mut far_in, &mut near_out) => {}
        _ = plugged.wait_for(|plugged| !plugged) => {}
    }
}

/// What the program says.
async fn ask(
    mut from: tcp::OwnedReadHalf,
    mut to: tcp::OwnedWriteHalf,
    tap: &Tap,
) -> io::Result<()> {
    let (mut listener, mut piece) = (Listener::default(), vec![0; 16 * 1024]);
    loop {
        let length = from.read(&mut piece).await?;
        if length == 0 {
            return Ok(());
        }
        listener.hear(&piece[..length], tap.name.as_bytes(), &tap.waits);
        to.write_all(&piece[..length]).await?;
    }
}
