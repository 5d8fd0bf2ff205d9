//! A proxy between a program and Postgres: it counts the statements that pass, by the name under which their
//! connection was made (`application_name`). What it costs to do something is a number of round trips.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// Passes connections on to Postgres and counts.
#[derive(Debug, Clone)]
pub struct StatementCounter {
    url: String,
    counts: Counts,
}

type Counts = Arc<Mutex<BTreeMap<String, usize>>>;

impl StatementCounter {
    /// A counter in front of the database of this address.
    ///
    /// # Panics
    /// When the address has another shape than our tests' databases have.
    pub async fn on(url: &str) -> Self {
        let (rest, path) = url.rsplit_once('/').unwrap();
        let (user, server) = rest.rsplit_once('@').unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap();
        let counts = Counts::default();
        tokio::spawn(pass_on(
            listener,
            server.parse().unwrap(),
            Arc::clone(&counts),
        ));
        Self {
            url: format!("{user}@{here}/{path}"),
            counts,
        }
    }

    /// The database's address at the counter.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// How many statements have passed on connections of this name, BEGIN and COMMIT among them.
    ///
    /// # Panics
    /// When a connection's task has.
    #[must_use]
    pub fn statements(&self, name: &str) -> usize {
        self.counts.lock().unwrap().get(name).copied().unwrap_or(0)
    }
}

async fn pass_on(listener: TcpListener, server: SocketAddr, counts: Counts) {
    while let Ok((near, _)) = listener.accept().await {
        let far = TcpStream::connect(server).await.unwrap();
        // What passes comes in small pieces; none of them waits for the one before to be acknowledged.
        near.set_nodelay(true).unwrap();
        far.set_nodelay(true).unwrap();
        let (mut from_server, to_server) = far.into_split();
        let (from_program, mut to_program) = near.into_split();
        tokio::spawn(async move { tokio::io::copy(&mut from_server, &mut to_program).await });
        tokio::spawn(count(from_program, to_server, Arc::clone(&counts)));
    }
}

/// Ends with the connection.
async fn count(
    mut program: OwnedReadHalf,
    mut server: OwnedWriteHalf,
    counts: Counts,
) -> Option<()> {
    let mut name = None;
    while name.is_none() {
        let start = body(&mut program).await?;
        // A request for TLS carries no name; it is refused, and the program continues without TLS.
        name = application(&start);
        server.write_all(&framed(&start)).await.ok()?;
    }
    let name = name?;
    loop {
        let kind = program.read_u8().await.ok()?;
        let body = body(&mut program).await?;
        // Executing what was prepared, and what is sent as text.
        if kind == b'E' || kind == b'Q' {
            *counts.lock().unwrap().entry(name.clone()).or_default() += 1;
        }
        server.write_u8(kind).await.ok()?;
        server.write_all(&framed(&body)).await.ok()?;
    }
}

async fn body(program: &mut OwnedReadHalf) -> Option<Vec<u8>> {
    let length = program.read_u32().await.ok()?;
    let mut body = vec![0; usize::try_from(length).ok()?.checked_sub(4)?];
    program.read_exact(&mut body).await.ok()?;
    Some(body)
}

fn framed(body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).unwrap();
    [&length.to_be_bytes(), body].concat()
}

/// The value after `application_name` in a start-up message: texts that end with a zero.
fn application(start: &[u8]) -> Option<String> {
    let mut texts = start.split(|byte| *byte == 0);
    texts.find(|text| *text == b"application_name")?;
    texts
        .next()
        .map(|name| String::from_utf8_lossy(name).into_owned())
}
