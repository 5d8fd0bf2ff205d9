//! Processes by their id, never by name: whether they run, signals, waiting for their end.

use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

pub(crate) use rustix::process::Signal;
use rustix::process::{Pid, kill_process, test_kill_process};

const POLL: Duration = Duration::from_millis(20);

fn parse_pid(id: u32) -> Option<Pid> {
    i32::try_from(id).ok().and_then(Pid::from_raw)
}

/// Whether a process runs. One that has ended and waits for its parent does not.
pub(crate) fn is_alive(id: u32) -> bool {
    let Some(pid) = parse_pid(id) else {
        return false;
    };
    // "Not permitted" also means that the process exists.
    let exists = match test_kill_process(pid) {
        Ok(()) => true,
        Err(error) => error == rustix::io::Errno::PERM,
    };
    exists && !is_zombie(id)
}

fn is_zombie(id: u32) -> bool {
    let Ok(stat) = std::fs::read_to_string(format!("/proc/{id}/stat")) else {
        return false;
    };
    // The name before the state may hold anything, even brackets.
    stat.rsplit_once(')')
        .is_some_and(|(_, rest)| rest.trim_start().starts_with('Z'))
}

/// The command line of a process, if the machine shows it.
pub(crate) fn command_line(id: u32) -> Option<String> {
    if let Ok(bytes) = std::fs::read(format!("/proc/{id}/cmdline")) {
        return Some(String::from_utf8_lossy(&bytes).replace('\0', " "));
    }
    let output = Command::new("ps")
        .args(["-o", "args=", "-p", &id.to_string()])
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Sends a signal; a process that has ended already is no error.
pub(crate) fn send_signal(id: u32, signal: Signal) {
    if let Some(pid) = parse_pid(id) {
        let _gone = kill_process(pid, signal);
    }
}

/// Waits until the process is gone, reaping it if it is our child. Returns whether it is gone.
pub(crate) fn wait_gone(id: u32, mut child: Option<&mut Child>, timeout: Duration) -> bool {
    let started = Instant::now();
    loop {
        if let Some(child) = child.as_deref_mut()
            && !matches!(child.try_wait(), Ok(None))
        {
            return true;
        }
        if child.is_none() && !is_alive(id) {
            return true;
        }
        if started.elapsed() >= timeout {
            return false;
        }
        sleep(POLL);
    }
}
