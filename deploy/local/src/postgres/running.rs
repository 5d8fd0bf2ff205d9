//! The server process: started or taken over, watched until ready, stopped.

mod adopt;
mod pidfile;

use std::fs::OpenOptions;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::cluster::{Cluster, command};
use super::error::on;
use super::{Durability, Options, PostgresError};
use crate::guarded::{Ending, Guarded};
use crate::ports;
use crate::process::{self, Signal};
use pidfile::PidFile;

/// Another program may take the free port in the moment before Postgres does, and processes of a
/// server that was killed may take a second to notice.
const ATTEMPTS: u32 = 5;
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(300);
const READY_WITHIN: Duration = Duration::from_secs(60);
const STOP_PATIENCE: Duration = Duration::from_secs(10);

/// A server that answers.
#[derive(Debug)]
pub(super) struct Running {
    port: u16,
    pid: u32,
    process: Process,
    stopped: bool,
}

#[derive(Debug)]
enum Process {
    /// Ours; lives on if we are killed, and is taken over by the next start.
    Child(Child),
    /// Ours; stops if we are killed.
    Guarded(Guarded),
    /// Left by a program that was killed.
    Adopted,
}

impl Running {
    /// Takes over the server that runs on these files, or starts one. With `remove`
    /// it does not outlive this process, and that folder goes with it.
    pub(super) fn start(
        cluster: &Cluster,
        options: &Options,
        remove: Option<&Path>,
    ) -> Result<Self, PostgresError> {
        if let Some((pid, port)) = adopt::adopt(cluster)? {
            tracing::info!(pid, "Took over the Postgres that an earlier run left");
            return Ok(Self {
                port,
                pid,
                process: Process::Adopted,
                stopped: false,
            });
        }
        let mut attempt = 1;
        loop {
            match Self::attempt(cluster, options, remove) {
                Err(PostgresError::Start { .. }) if attempt < ATTEMPTS => {
                    attempt += 1;
                    sleep(BETWEEN_ATTEMPTS);
                }
                other => return other,
            }
        }
    }

    fn attempt(
        c: &Cluster,
        options: &Options,
        remove: Option<&Path>,
    ) -> Result<Self, PostgresError> {
        let port = ports::free().map_err(on("find a free port on", c.home().path()))?;
        let server = server_command(c, options, port);
        let process = spawn(server, c, remove)?;
        let pid = match &process {
            Process::Child(child) => child.id(),
            Process::Guarded(guarded) => guarded.server,
            Process::Adopted => 0,
        };
        let mut running = Self {
            port,
            pid,
            process,
            stopped: false,
        };
        if running.becomes_ready(c) {
            return Ok(running);
        }
        running.stop()?;
        let log = c.home().log_file();
        Err(PostgresError::Start {
            output: tail(&log),
            log,
        })
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    pub(super) fn pid(&self) -> u32 {
        self.pid
    }

    pub(super) fn was_taken_over(&self) -> bool {
        matches!(self.process, Process::Adopted)
    }

    fn becomes_ready(&mut self, cluster: &Cluster) -> bool {
        let began = Instant::now();
        while began.elapsed() < READY_WITHIN {
            let ready = PidFile::read(&cluster.home().cluster())
                .is_some_and(|file| file.pid == self.pid && file.ready);
            if ready && connects(self.port) {
                return true;
            }
            if !self.is_alive() {
                return false;
            }
            sleep(Duration::from_millis(10));
        }
        false
    }

    fn is_alive(&mut self) -> bool {
        match &mut self.process {
            Process::Child(child) => matches!(child.try_wait(), Ok(None)),
            Process::Guarded(guarded) => guarded.is_alive(),
            Process::Adopted => process::is_alive(self.pid),
        }
    }

    /// Fast shutdown, then an immediate one, then the end. Does nothing the second time.
    pub(super) fn stop(&mut self) -> Result<(), PostgresError> {
        if std::mem::replace(&mut self.stopped, true) {
            return Ok(());
        }
        let child = match &mut self.process {
            Process::Guarded(guarded) => {
                guarded.stop(STOP_PATIENCE);
                return if guarded.is_alive() {
                    Err(PostgresError::Stop(self.pid))
                } else {
                    Ok(())
                };
            }
            Process::Child(child) => Some(child),
            Process::Adopted => None,
        };
        stop_by_pid(self.pid, child)
    }
}

/// SIGINT rolls back and flushes, SIGQUIT leaves recovery to the next start.
fn stop_by_pid(pid: u32, mut child: Option<&mut Child>) -> Result<(), PostgresError> {
    for (signal, patience) in [
        (Signal::INT, STOP_PATIENCE),
        (Signal::QUIT, Duration::from_secs(5)),
        (Signal::KILL, Duration::from_secs(5)),
    ] {
        process::send(pid, signal);
        // A frozen process obeys only when it is woken.
        process::send(pid, Signal::CONT);
        if process::wait_gone(pid, child.as_deref_mut(), patience) {
            return Ok(());
        }
    }
    Err(PostgresError::Stop(pid))
}

fn spawn(
    mut server: Command,
    cluster: &Cluster,
    remove: Option<&Path>,
) -> Result<Process, PostgresError> {
    let home = cluster.home();
    let log = home.log_file();
    let failed = |source| PostgresError::Run {
        path: server_path(cluster),
        source,
    };
    if remove.is_some() {
        let ending = Ending {
            signal: "INT",
            remove,
        };
        let user = home.user().map(|user| (user.uid, user.gid));
        return Guarded::start(&server, &log, ending, user)
            .map(Process::Guarded)
            .map_err(failed);
    }
    let open = || OpenOptions::new().append(true).create(true).open(&log);
    server
        .stdout(open().map_err(on("open", &log))?)
        .stderr(open().map_err(on("open", &log))?);
    // A group of its own: Ctrl-C in the terminal is for us, and the drain still needs Postgres.
    server.stdin(Stdio::null()).process_group(0);
    server.spawn().map(Process::Child).map_err(failed)
}

fn server_path(cluster: &Cluster) -> std::path::PathBuf {
    cluster.binaries().join("postgres")
}

fn server_command(cluster: &Cluster, options: &Options, port: u16) -> Command {
    let mut server = command(cluster.home(), &server_path(cluster));
    server.arg("-D").arg(cluster.home().cluster());
    let durable = match options.durability {
        Durability::On => "on",
        Durability::OffForTests => "off",
    };
    let mut set = |name: &str, value: &str| {
        server.arg("-c").arg(format!("{name}={value}"));
    };
    set("port", &port.to_string());
    set("listen_addresses", "127.0.0.1");
    // Off: their paths may be at most 107 bytes long, and nobody needs them.
    set("unix_socket_directories", "");
    set("max_connections", &options.max_connections.to_string());
    set(
        "shared_buffers",
        &format!("{}MB", options.shared_buffers_mib),
    );
    // After each checkpoint every page that is touched is logged whole. A decision logs 5.6 KB: at 6,000 a
    // second the default of 1 GB would bring one each half minute.
    set("max_wal_size", "4GB");
    set("logging_collector", "off");
    for name in ["fsync", "synchronous_commit", "full_page_writes"] {
        set(name, durable);
    }
    server
}

fn connects(port: u16) -> bool {
    let addr = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpStream::connect_timeout(&addr, Duration::from_secs(1)).is_ok()
}

/// The last lines of a log, enough to see why a server did not start.
fn tail(log: &Path) -> String {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(8)..].join("\n")
}
