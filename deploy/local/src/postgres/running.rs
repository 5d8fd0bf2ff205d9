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

use super::cluster::{Cluster, postgres_command};
use super::error::on;
use super::{Durability, Options, PostgresError};
use crate::guarded_server::{GuardedServer, StopOptions};
use crate::ports;
use crate::process::{self, Signal};
use pidfile::PidFile;

/// Another process may take the free port in the moment before Postgres does, and processes of a
/// server that was killed may take a second to notice.
const ATTEMPTS: u32 = 5;
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(300);
const READY_WITHIN: Duration = Duration::from_secs(60);
const STOP_WITHIN: Duration = Duration::from_secs(10);

/// A server that accepts connections.
#[derive(Debug)]
pub(super) struct RunningServer {
    port: u16,
    pid: u32,
    process: ServerProcess,
    stopped: bool,
}

#[derive(Debug)]
enum ServerProcess {
    /// A child that outlives this process if it is killed; the next start takes it over.
    Child(Child),
    /// A child that stops if this process is killed.
    Guarded(GuardedServer),
    /// Left behind by a killed process.
    Adopted,
}

impl RunningServer {
    /// Takes over the server that runs on these files, or starts one. With `remove`
    /// it does not outlive this process, and that folder goes with it.
    pub(super) fn start(
        cluster: &Cluster,
        options: &Options,
        remove: Option<&Path>,
    ) -> Result<Self, PostgresError> {
        if let Some((pid, port)) = adopt::adopt_server(cluster)? {
            tracing::info!(pid, "Took over the Postgres that an earlier run left");
            return Ok(Self {
                port,
                pid,
                process: ServerProcess::Adopted,
                stopped: false,
            });
        }
        let mut attempt = 1;
        loop {
            match Self::attempt_start(cluster, options, remove) {
                Err(PostgresError::Start { .. }) if attempt < ATTEMPTS => {
                    attempt += 1;
                    sleep(BETWEEN_ATTEMPTS);
                }
                other => return other,
            }
        }
    }

    fn attempt_start(
        c: &Cluster,
        options: &Options,
        remove: Option<&Path>,
    ) -> Result<Self, PostgresError> {
        let [port] = ports::free_ports().map_err(on("find a free port on", c.home().path()))?;
        let server = server_command(c, options, port);
        let process = spawn_server(server, c, remove)?;
        let pid = match &process {
            ServerProcess::Child(child) => child.id(),
            ServerProcess::Guarded(guarded) => guarded.server_pid(),
            ServerProcess::Adopted => 0,
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
            output: last_lines(&log),
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
        matches!(self.process, ServerProcess::Adopted)
    }

    fn becomes_ready(&mut self, cluster: &Cluster) -> bool {
        let started = Instant::now();
        while started.elapsed() < READY_WITHIN {
            let ready = PidFile::read(&cluster.home().cluster_folder())
                .is_some_and(|file| file.pid == self.pid && file.ready);
            if ready && accepts_connections(self.port) {
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
            ServerProcess::Child(child) => matches!(child.try_wait(), Ok(None)),
            ServerProcess::Guarded(guarded) => guarded.is_alive(),
            ServerProcess::Adopted => process::is_alive(self.pid),
        }
    }

    /// Fast shutdown, then an immediate one, then the end. Does nothing the second time.
    pub(super) fn stop(&mut self) -> Result<(), PostgresError> {
        if std::mem::replace(&mut self.stopped, true) {
            return Ok(());
        }
        let child = match &mut self.process {
            ServerProcess::Guarded(guarded) => {
                guarded.stop(STOP_WITHIN);
                return if guarded.is_alive() {
                    Err(PostgresError::Stop(self.pid))
                } else {
                    Ok(())
                };
            }
            ServerProcess::Child(child) => Some(child),
            ServerProcess::Adopted => None,
        };
        stop_by_pid(self.pid, child)
    }
}

/// SIGINT rolls back and flushes, SIGQUIT leaves recovery to the next start.
fn stop_by_pid(pid: u32, mut child: Option<&mut Child>) -> Result<(), PostgresError> {
    for (signal, timeout) in [
        (Signal::INT, STOP_WITHIN),
        (Signal::QUIT, Duration::from_secs(5)),
        (Signal::KILL, Duration::from_secs(5)),
    ] {
        process::send_signal(pid, signal);
        // A stopped process handles signals only after SIGCONT.
        process::send_signal(pid, Signal::CONT);
        if process::wait_gone(pid, child.as_deref_mut(), timeout) {
            return Ok(());
        }
    }
    Err(PostgresError::Stop(pid))
}

fn spawn_server(
    mut server: Command,
    cluster: &Cluster,
    remove: Option<&Path>,
) -> Result<ServerProcess, PostgresError> {
    let home = cluster.home();
    let log = home.log_file();
    let failed = |source| PostgresError::Run {
        path: server_path(cluster),
        source,
    };
    if remove.is_some() {
        let stop = StopOptions {
            signal: "INT",
            remove,
        };
        let user = home.server_user().map(|user| (user.uid, user.gid));
        return GuardedServer::start(&server, &log, stop, user)
            .map(ServerProcess::Guarded)
            .map_err(failed);
    }
    let open = || OpenOptions::new().append(true).create(true).open(&log);
    server
        .stdout(open().map_err(on("open", &log))?)
        .stderr(open().map_err(on("open", &log))?);
    // A group of its own: Ctrl-C in the terminal must not reach the server: the drain still needs it.
    server.stdin(Stdio::null()).process_group(0);
    server.spawn().map(ServerProcess::Child).map_err(failed)
}

fn server_path(cluster: &Cluster) -> std::path::PathBuf {
    cluster.programs_folder().join("postgres")
}

fn server_command(cluster: &Cluster, options: &Options, port: u16) -> Command {
    let mut server = postgres_command(cluster.home(), &server_path(cluster));
    server.arg("-D").arg(cluster.home().cluster_folder());
    let durable = match options.durability {
        Durability::On => "on",
        Durability::OffForTests => "off",
    };
    let mut set = |name: &str, value: &str| {
        server.arg("-c").arg(format!("{name}={value}"));
    };
    set("port", &port.to_string());
    set("listen_addresses", "127.0.0.1");
    // Off: their paths may be at most 107 bytes long, and no client uses them.
    set("unix_socket_directories", "");
    set("max_connections", &options.max_connections.to_string());
    set(
        "shared_buffers",
        &format!("{}MB", options.shared_buffers_mib),
    );
    // After each checkpoint the first change of a page logs the whole page. A decision logs 5.6 KB: at 6,000 a
    // second the default of 1 GB would bring one each half minute.
    set("max_wal_size", "4GB");
    set("logging_collector", "off");
    for name in ["fsync", "synchronous_commit", "full_page_writes"] {
        set(name, durable);
    }
    server
}

fn accepts_connections(port: u16) -> bool {
    let addr = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpStream::connect_timeout(&addr, Duration::from_secs(1)).is_ok()
}

/// The last lines of a log, enough to see why a server did not start.
fn last_lines(log: &Path) -> String {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(8)..].join("\n")
}
