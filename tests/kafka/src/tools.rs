//! Programs that run to their end: Maven, and Kafka's own tool that prepares its storage.

use std::path::Path;
use std::process::{Command, Stdio};

use super::ApacheError;

/// Any 16 bytes in base64: the cluster has one node.
const CLUSTER: &str = "MkU3OEVBNTcwNTJENDM2Qg";

/// Prepares the storage that the properties name.
pub(super) fn format_storage(classes: &Path, properties: &Path) -> Result<(), ApacheError> {
    let mut java = Command::new("java");
    java.args([
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
    ]);
    java.arg(classes.join("*"))
        .args(["kafka.tools.StorageTool", "format"]);
    java.args(["--cluster-id", CLUSTER, "--config"])
        .arg(properties);
    run_program("java", &mut java)
}

/// Runs a program quietly; its output is reported only when it fails.
pub(super) fn run_program(program: &'static str, command: &mut Command) -> Result<(), ApacheError> {
    let failed = |reason: String| ApacheError::Program { program, reason };
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = text.lines().collect();
    Err(failed(lines[lines.len().saturating_sub(8)..].join("\n")))
}
