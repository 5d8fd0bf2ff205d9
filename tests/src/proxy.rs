//! The proxy between a program and Postgres, which a test can pull and plug in again.

use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Passes connections on to Postgres as long as it is plugged in.
#[derive(Debug)]
pub struct DatabaseProxy {
    url: String,
    plugged: watch::Sender<bool>,
}

impl DatabaseProxy {
    /// A proxy to the database of this address.
    pub async fn to(url: &str) -> Self {
        let (rest, path) = url.rsplit_once('/').unwrap();
        let (user, server) = rest.rsplit_once('@').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap();
        let (plugged, watched) = watch::channel(true);
        tokio::spawn(pass_on(listener, server.parse().unwrap(), watched));
        Self {
            url: format!("{user}@{here}/{path}"),
            plugged,
        }
    }

    /// The database's address at this end of the proxy.
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

async fn pass_on(listener: TcpListener, server: SocketAddr, plugged: watch::Receiver<bool>) {
    let plugged = Arc::new(plugged);
    while let Ok((near, _)) = listener.accept().await {
        if *plugged.borrow() {
            tokio::spawn(connect(near, server, (*plugged).clone()));
        }
    }
}

async fn connect(mut near: TcpStream, server: SocketAddr, mut plugged: watch::Receiver<bool>) {
    let Ok(mut far) = TcpStream::connect(server).await else {
        return;
    };
    // Either end may close first; a broken connection is what is wanted here.
    tokio::select! {
        _ = copy_bidirectional(&mut near, &mut far) => {}
        _ = plugged.wait_for(|plugged| !plugged) => {}
    }
}
