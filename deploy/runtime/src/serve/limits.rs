//! The limits of one server.

use std::time::Duration;

/// Limits of one server. The defaults suit a public address.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at once; more wait in the kernel's backlog. A connection costs about 30 KiB
    /// with TLS, so 10,000 of them stay below 300 MiB.
    pub connections_max: usize,
    /// Time for the TLS handshake.
    pub handshake_timeout: Duration,
    /// Time from the connection to its first complete request head.
    pub header_timeout: Duration,
    /// Time between two requests on one connection, and for the later request heads. Longer than
    /// clients usually keep idle connections (60 s), so that the clients close them.
    pub idle_timeout: Duration,
    /// Requests at once on one HTTP/2 connection.
    pub streams_max: u32,
    /// How often a silent HTTP/2 peer is pinged.
    pub ping_interval: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 10_000,
            handshake_timeout: Duration::from_secs(5),
            header_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(75),
            streams_max: 256,
            ping_interval: Duration::from_secs(20),
        }
    }
}
