//! `postmaster.pid`: the state that a server writes into its folder.

use std::path::Path;

/// Lines 1, 4 and 8 of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PidFile {
    pub(super) pid: u32,
    pub(super) port: Option<u16>,
    pub(super) ready: bool,
}

impl PidFile {
    pub(super) fn read(cluster: &Path) -> Option<Self> {
        parse(&std::fs::read_to_string(cluster.join("postmaster.pid")).ok()?)
    }
}

fn parse(text: &str) -> Option<PidFile> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let pid = lines.first()?.parse().ok()?;
    let port = lines.get(3).and_then(|line| line.parse().ok());
    Some(PidFile {
        pid,
        port,
        ready: lines.get(7) == Some(&"ready"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complete_and_partial_files_are_read() {
        let whole = "4711\n/data\n1700000000\n5432\n\n127.0.0.1\n  123 456\nready   \n";
        assert_eq!(
            parse(whole),
            Some(PidFile {
                pid: 4711,
                port: Some(5432),
                ready: true
            })
        );
        let early = parse("4711\n/data\n").unwrap();
        assert_eq!(
            early,
            PidFile {
                pid: 4711,
                port: None,
                ready: false
            }
        );
        assert_eq!(parse(""), None);
    }
}
