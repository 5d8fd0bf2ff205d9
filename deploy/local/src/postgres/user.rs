//! The user that runs the server: Postgres refuses to run as root.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::PostgresError;

/// The user to run the server as, when we are root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct User {
    pub(super) uid: u32,
    pub(super) gid: u32,
}

impl User {
    /// `None` unless we are root; then `postgres`, else `nobody`.
    pub(super) fn needed() -> Result<Option<Self>, PostgresError> {
        if !rustix::process::geteuid().is_root() {
            return Ok(None);
        }
        let passwd = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
        let user = find_user(&passwd, "postgres").or_else(|| find_user(&passwd, "nobody"));
        user.map(Some).ok_or(PostgresError::NoUser)
    }

    /// Whether this user can enter `folder`. Tried, not computed: access lists and mounts count.
    pub(super) fn can_enter(self, folder: &Path) -> bool {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", r#"cd -- "$1""#, "sh"])
            .arg(folder)
            .current_dir("/");
        shell.uid(self.uid).gid(self.gid);
        shell
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        shell.status().is_ok_and(|status| status.success())
    }
}

fn find_user(passwd: &str, name: &str) -> Option<User> {
    let line = passwd
        .lines()
        .find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    let uid = fields.next()?.parse().ok()?;
    let gid = fields.next()?.parse().ok()?;
    // An odd system may give uid 0 to another name.
    (uid != 0).then_some(User { uid, gid })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_read_from_passwd() {
        let passwd = "root:x:0:0::/:/bin/sh\npostgres:x:101:104::/:/bin/sh\nfake:x:0:0::/:/bin/sh";
        assert_eq!(
            find_user(passwd, "postgres"),
            Some(User { uid: 101, gid: 104 })
        );
        assert_eq!(find_user(passwd, "nobody"), None);
        assert_eq!(find_user(passwd, "fake"), None);
    }
}
