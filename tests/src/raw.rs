//! HTTP by hand, for requests that no client would send.

use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Sends bytes as they are and returns the head of what comes back, in lower case.
///
/// # Panics
/// When nothing comes back within a minute.
pub async fn exchange(to: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(to).await.unwrap();
    // The other side may respond and close before it has read everything.
    let (mut reader, mut writer) = stream.split();
    let sending = async {
        drop(writer.write_all(bytes).await);
        std::future::pending::<()>().await;
    };
    let reading = async {
        let mut received = Vec::new();
        while !received.windows(4).any(|end| end == b"\r\n\r\n") {
            match reader.read_buf(&mut received).await {
                Ok(0) | Err(_) => break,
                Ok(_) => {}
            }
        }
        String::from_utf8_lossy(&received).to_lowercase()
    };
    let both = async {
        tokio::select! {
            () = sending => String::new(),
            received = reading => received,
        }
    };
    tokio::time::timeout(Duration::from_secs(60), both)
        .await
        .unwrap()
}
