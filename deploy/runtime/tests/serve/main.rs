//! The accept loop over real sockets.

#![expect(clippy::unwrap_used, reason = "a panic fails the test")]

mod certificates;
mod drain;
mod plain;
mod support;
mod tls;
