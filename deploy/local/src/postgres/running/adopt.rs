//! A server that a killed process left running: taken over if it responds, else stopped.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::pidfile::PidFile;
use super::{PostgresError, stop_by_pid};
use crate::postgres::cluster::Cluster;
use crate::postgres::error::on;
use crate::process;

const RESPONDS_WITHIN: Duration = Duration::from_secs(5);

/// Returns process id and port of a server taken over. The caller must hold the folder's lock.
pub(super) fn adopt_server(cluster: &Cluster) -> Result<Option<(u32, u16)>, PostgresError> {
    let path = cluster.home().cluster_folder();
    let Some(file) = PidFile::read(&path) else {
        return Ok(None);
    };
    if !process::is_alive(file.pid) || !serves_cluster(file.pid, &path) {
        invalidate_pid_file(&path)?;
        return Ok(None);
    }
    if let Some(port) = responding_port(&path, file.pid) {
        return Ok(Some((file.pid, port)));
    }
    tracing::warn!(
        pid = file.pid,
        "Stopping the Postgres that an earlier run left: no response"
    );
    stop_by_pid(file.pid, None)?;
    invalidate_pid_file(&path)?;
    Ok(None)
}

/// Makes `postmaster.pid` name a process that cannot exist: its number may belong to
/// another process or to a zombie, and Postgres would refuse to start.
/// The file itself stays: by its other lines Postgres knows whether processes of the dead server
/// still work on the files.
fn invalidate_pid_file(cluster: &Path) -> Result<(), PostgresError> {
    let path = cluster.join("postmaster.pid");
    let Ok(text) = std::fs::read_to_string(&path) else {
        return Ok(());
    };
    let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
    std::fs::write(&path, format!("{}\n{rest}", i32::MAX)).map_err(on("write", &path))
}

/// Whether the process is a Postgres on these files, by its command line: its number may have been
/// reused.
fn serves_cluster(pid: u32, cluster: &Path) -> bool {
    let cluster = cluster.to_string_lossy();
    process::command_line(pid)
        .is_some_and(|line| line.contains("postgres") && line.contains(&*cluster))
}

fn responding_port(cluster: &Path, pid: u32) -> Option<u16> {
    let started = Instant::now();
    while started.elapsed() < RESPONDS_WITHIN {
        // Read again: it may have been starting when the other process was killed.
        let file = PidFile::read(cluster).filter(|file| file.pid == pid && file.ready);
        if let Some(port) = file.and_then(|file| file.port)
            && speaks_postgres(port)
        {
            return Some(port);
        }
        sleep(Duration::from_millis(50));
    }
    None
}

/// Sends an SSLRequest, to which any Postgres responds with one byte before authentication.
fn speaks_postgres(port: u16) -> bool {
    const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];
    let request = || -> std::io::Result<u8> {
        let addr = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut stream = TcpStream::connect_timeout(&addr, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        stream.write_all(&SSL_REQUEST)?;
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        Ok(byte[0])
    };
    request().is_ok_and(|byte| matches!(byte, b'N' | b'S'))
}
