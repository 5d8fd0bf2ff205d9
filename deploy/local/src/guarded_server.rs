//! A server that never outlives the process that started it, even if that is killed.
//!
//! A small shell starts the server, then reads from a pipe that only this process holds open. When this
//! process ends, the pipe closes, and the shell stops the server. The server's process id cannot be
//! reused before the shell has waited for it.

use std::io::{self, BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

use crate::process::{self, Signal};

/// `$1` log file, `$2` signal that stops the server, `$3` folder to remove afterwards (or empty),
/// then the command.
const SCRIPT: &str = r#"
log=$1 signal=$2 remove=$3; shift 3
"$@" >>"$log" 2>&1 &
server=$!
echo "$server"
exec >/dev/null 2>&1
cat
kill -s "$signal" "$server"
( trap 'kill "$nap"; exit' TERM; sleep 15 & nap=$!; wait "$nap"; kill -s KILL "$server" ) &
killer=$!
wait "$server"
kill -s TERM "$killer"
wait "$killer"
[ -z "$remove" ] || rm -rf -- "$remove"
"#;

/// A running server and its shell.
#[derive(Debug)]
pub struct GuardedServer {
    shell: Child,
    /// Closed to stop the server; the end of this process closes it as well.
    keep_alive: Option<ChildStdin>,
    /// Process id of the server itself.
    server: u32,
}

/// How a guarded server is stopped, and what is removed afterwards.
#[derive(Debug, Clone, Copy)]
pub struct StopOptions<'a> {
    /// Signal name without `SIG`.
    pub signal: &'a str,
    /// Folder that is removed once the server is gone.
    pub remove: Option<&'a Path>,
}

impl GuardedServer {
    /// Starts `command` with its output appended to `log`. `user` runs shell and server.
    ///
    /// # Errors
    /// When the shell or the server cannot be started.
    pub fn start(
        command: &Command,
        log: &Path,
        options: StopOptions<'_>,
        user: Option<(u32, u32)>,
    ) -> io::Result<Self> {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", SCRIPT, "sh"])
            .arg(log)
            .arg(options.signal);
        shell.arg(options.remove.unwrap_or(Path::new("")));
        shell.arg(command.get_program()).args(command.get_args());
        for (key, value) in command.get_envs() {
            match value {
                Some(value) => shell.env(key, value),
                None => shell.env_remove(key),
            };
        }
        if let Some(folder) = command.get_current_dir() {
            shell.current_dir(folder);
        }
        if let Some((uid, gid)) = user {
            shell.uid(uid).gid(gid);
        }
        // A group of its own: Ctrl-C in the terminal must not reach the server.
        shell.process_group(0);
        shell
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut shell = shell.spawn()?;
        let keep_alive = shell.stdin.take();
        let server = read_server_pid(&mut shell)?;
        Ok(Self {
            shell,
            keep_alive,
            server,
        })
    }

    /// Process id of the server itself.
    pub fn server_pid(&self) -> u32 {
        self.server
    }

    /// Whether the server still runs.
    pub fn is_alive(&self) -> bool {
        process::is_alive(self.server)
    }

    /// Stops the server and waits until it is gone; killed after `timeout`.
    pub fn stop(&mut self, timeout: Duration) {
        self.keep_alive = None;
        if !process::wait_gone(self.shell.id(), Some(&mut self.shell), timeout) {
            process::send_signal(self.server, Signal::KILL);
            process::wait_gone(
                self.shell.id(),
                Some(&mut self.shell),
                Duration::from_secs(5),
            );
        }
    }
}

fn read_server_pid(shell: &mut Child) -> io::Result<u32> {
    let mut line = String::new();
    if let Some(output) = shell.stdout.take() {
        BufReader::new(output).read_line(&mut line)?;
    }
    line.trim()
        .parse()
        .map_err(|_| io::Error::other("the shell `sh` did not start the server"))
}
