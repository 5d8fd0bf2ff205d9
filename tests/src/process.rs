//! Our programs as processes of their own.

use crate::test_front::AMPLE_DEADLINE;
use crate::{Caller, Secrets, binary, eventually};
use std::net::{SocketAddr, TcpListener};
use tokio::process::{Child, Command};

/// A running program; killed when dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
}

impl Process {
    /// Starts a program with these settings.
    ///
    /// # Panics
    /// When it cannot be started.
    #[must_use]
    pub fn start(name: &str, arguments: &[&str], settings: &[(&str, &str)]) -> Self {
        let mut command = Command::new(binary::path(name));
        command.args(arguments).envs(settings.iter().copied());
        command
            .env("HOLDFAST_LOG", "warn")
            .stdin(std::process::Stdio::null())
            .kill_on_drop(true);
        Self {
            child: command.spawn().unwrap(),
        }
    }

    /// A front of its own, once it is ready.
    pub async fn front(url: &str) -> (Self, Caller) {
        let (secrets, public, private) = (Secrets::fresh(), free_address(), free_address());
        let (at, look) = (public.to_string(), private.to_string());
        let settings = [
            ("HOLDFAST_DATABASE_URL", url),
            ("HOLDFAST_DECISION_DEADLINE", AMPLE_DEADLINE),
            ("HOLDFAST_PUBLIC_ADDR", &at),
            ("HOLDFAST_PRIVATE_ADDR", &look),
            ("HOLDFAST_GATEWAY_CREDENTIALS", &secrets.gateway),
            ("HOLDFAST_WEBHOOK_CREDENTIALS", &secrets.webhook),
            ("HOLDFAST_WEBHOOK_SECRET", &secrets.signing),
            ("HOLDFAST_OPERATOR_TOKEN", &secrets.operator),
        ];
        let process = Self::start("holdfast-front", &[], &settings);
        is_ready(private).await;
        (process, Caller::new(public, private, secrets))
    }

    /// Its process id.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Kills it, as `kill -9` does, and waits until it is gone.
    pub async fn kill(&mut self) {
        self.child.kill().await.unwrap();
    }
}

/// Waits until `/readyz` answers 200 there.
pub async fn is_ready(private: SocketAddr) {
    let request = format!("GET /readyz HTTP/1.1\r\nhost: {private}\r\nconnection: close\r\n\r\n");
    let ask = || async {
        tokio::net::TcpStream::connect(private).await.ok()?;
        let received = crate::raw::exchange(private, request.as_bytes()).await;
        received.starts_with("http/1.1 200").then_some(())
    };
    eventually("a program of ours is ready", ask).await;
}

/// An address without a listener, below the range that outgoing connections are given theirs from.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn free_address() -> SocketAddr {
    let start = 20_000 + uuid::Uuid::now_v7().as_u64_pair().1 % 10_000;
    let ports = start..start + 2_000;
    let addresses =
        ports.map(|port| SocketAddr::from(([127, 0, 0, 1], u16::try_from(port).unwrap())));
    addresses
        .into_iter()
        .find(|address| TcpListener::bind(address).is_ok())
        .unwrap()
}
