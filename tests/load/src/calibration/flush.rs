//! How often a second this disk flushes, as Postgres's own `pg_test_fsync` says.

use super::tool;
use std::path::Path;
use std::time::Duration;
use tokio::process::Command;

/// The default of Postgres on Linux.
const METHOD: &str = "fdatasync";

/// Flushes a second in the folder where the database lies; `None` where there is no such tool.
pub(crate) async fn flush_rate(binaries: &Path, folder: &Path) -> Option<f64> {
    let tool = tool(binaries, "pg_test_fsync")?;
    let file = folder.join("flush-test");
    let mut command = Command::new(tool);
    command
        .args(["-s", "1", "-f"])
        .arg(&file)
        .kill_on_drop(true);
    let output = tokio::time::timeout(Duration::from_secs(60), command.output());
    let output = output.await.ok()?.ok()?;
    drop(std::fs::remove_file(&file));
    parse(&String::from_utf8_lossy(&output.stdout))
}

/// The first line of that method: one 8 kB write.
fn parse(output: &str) -> Option<f64> {
    let line = output
        .lines()
        .find(|line| line.trim_start().starts_with(METHOD) && line.contains("ops/sec"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn the_first_line_of_the_method_counts() {
        let output = "
Compare file sync methods using one 8kB write:
(in wal_sync_method preference order, except fdatasync is Linux's default)
        open_datasync                      7316.283 ops/sec     137 usecs/op
        fdatasync                          7755.250 ops/sec     129 usecs/op
        fsync                              3316.283 ops/sec     301 usecs/op

Compare file sync methods using two 8kB writes:
        fdatasync                          5000.000 ops/sec     200 usecs/op
";
        assert_eq!(parse(output).map(f64::round), Some(7_755.0));
        assert_eq!(parse("pg_test_fsync: error"), None);
    }
}
