//! One of our programs as a process of its own, stopped by its id.

use super::metrics;
use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};
use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};
use tokio::process::{Child, Command};

const READY_WITHIN: Duration = Duration::from_secs(60);
const STOPPED_WITHIN: Duration = Duration::from_secs(30);

/// A running program. Killed when dropped.
#[derive(Debug)]
pub(crate) struct Program {
    child: Child,
    pid: u32,
    /// The address of its health and metrics.
    address: SocketAddr,
    log: PathBuf,
}

impl Program {
    /// Starts a program with these settings; what it says goes to a file.
    pub(super) fn start(
        (path, address): (&Path, SocketAddr),
        arguments: &[&str],
        settings: &[(&str, String)],
        log: &Path,
    ) -> Result<Self> {
        let file = File::create(log)?;
        let child = Command::new(path)
            .args(arguments)
            .envs(settings.iter().map(|(name, value)| (name, value)))
            .env("HOLDFAST_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            // Ctrl-C in the terminal is for us; we stop it.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("starting {}", path.display()))?;
        Ok(Self {
            pid: child.id().context("a program ended at once")?,
            child,
            address,
            log: log.to_owned(),
        })
    }

    /// Its process id.
    pub(crate) fn pid(&self) -> u32 {
        self.pid
    }

    /// The address of its health and metrics.
    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits until it says that it is ready.
    pub(super) async fn becomes_ready(&mut self) -> Result<()> {
        let began = Instant::now();
        while began.elapsed() < READY_WITHIN {
            if is_ready(self.address).await.unwrap_or(false) {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                anyhow::bail!("a program ended ({status}): {}", self.last_words());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        anyhow::bail!("a program is not ready in time: {}", self.last_words())
    }

    /// Lets it drain, and waits until it is gone.
    pub(crate) async fn stop(mut self) -> Result<()> {
        if let Some(pid) = i32::try_from(self.pid).ok().and_then(Pid::from_raw)
            && self.child.try_wait()?.is_none()
        {
            kill_process(pid, Signal::TERM)?;
        }
        if tokio::time::timeout(STOPPED_WITHIN, self.child.wait())
            .await
            .is_err()
        {
            self.child.kill().await?;
        }
        Ok(())
    }

    fn last_words(&self) -> String {
        let text = std::fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(5)..].join("\n")
    }
}

async fn is_ready(address: SocketAddr) -> Result<bool> {
    let response = metrics::get(address, "/readyz").await?;
    Ok(response.starts_with("HTTP/1.1 200"))
}

/// The next port to try: an address that was given away is not free, though it has no listener yet.
static NEXT: AtomicU16 = AtomicU16::new(0);

/// An address without a listener, below the range that outgoing connections take theirs from.
pub(crate) fn free_address() -> Result<SocketAddr> {
    let start = 20_000 + u16::try_from(std::process::id() % 8_000)?;
    let mut ports = std::iter::repeat_with(|| start + NEXT.fetch_add(1, Ordering::Relaxed) % 4_000);
    ports
        .by_ref()
        .take(4_000)
        .map(|port| SocketAddr::from(([127, 0, 0, 1], port)))
        .find(|address| TcpListener::bind(address).is_ok())
        .context("no free port")
}
