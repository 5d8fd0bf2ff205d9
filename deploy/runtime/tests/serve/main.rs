//! The accept loop over real sockets.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod certificates;
mod drain;
mod plain;
mod support;
mod tls;
