//! The machine, and its other load when the benchmark began.

use crate::calibration;
use anyhow::Result;
use holdfast_local::{Durability, EmbeddedPostgres};
use serde::{Deserialize, Serialize};
use std::fs;
use std::process::Command;

/// What a figure is worth nothing without.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Machine {
    pub(crate) cores: usize,
    pub(crate) processor: String,
    pub(crate) memory_gib: u64,
    pub(crate) kernel: String,
    pub(crate) postgres: String,
    /// Processes that wanted to run, over the last minute, when it began.
    pub(crate) load_at_start: String,
    /// Flushes a second where the database lies, by `pg_test_fsync`.
    pub(crate) flushes_a_second: Option<f64>,
    /// The sources that were built.
    pub(crate) commit: String,
}

impl Machine {
    /// Looks, before anything else is started.
    pub(crate) async fn look() -> Result<Self> {
        let load_at_start = first_word("/proc/loadavg");
        let postgres = EmbeddedPostgres::temporary(Durability::On).await?;
        let binaries = postgres.programs_folder().to_owned();
        let flushes_a_second = calibration::flush_rate(&binaries, postgres.folder()).await;
        postgres.stop().await?;
        Ok(Self {
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            processor: field("/proc/cpuinfo", "model name"),
            memory_gib: memory_kib() / 1024 / 1024,
            kernel: first_word("/proc/sys/kernel/osrelease"),
            postgres: said(Command::new(binaries.join("postgres")).arg("--version")),
            load_at_start,
            flushes_a_second,
            commit: said(Command::new("git").args(["rev-parse", "--short", "HEAD"])),
        })
    }

    /// For people.
    pub(crate) fn lines(&self) -> String {
        let flushes = match self.flushes_a_second {
            Some(rate) => format!("{rate:.0} flushes a second (pg_test_fsync, fdatasync)"),
            None => "flush rate unknown: no pg_test_fsync here".to_owned(),
        };
        format!(
            "machine   {} cores, {}, {} GiB, Linux {}\nload      {} at the start\n\
             database  {}, {flushes}\nsources   {}",
            self.cores,
            self.processor,
            self.memory_gib,
            self.kernel,
            self.load_at_start,
            self.postgres,
            self.commit
        )
    }
}

fn first_word(path: &str) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.split_whitespace().next().unwrap_or("?").to_owned()
}

fn memory_kib() -> u64 {
    let text = field("/proc/meminfo", "MemTotal");
    let number = text.split(' ').next().unwrap_or_default();
    number.parse().unwrap_or(0)
}

fn field(path: &str, name: &str) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name));
    let value = line.and_then(|line| line.split_once(':'));
    value.map_or("?", |(_, value)| value.trim()).to_owned()
}

fn said(command: &mut Command) -> String {
    let output = command
        .output()
        .ok()
        .filter(|output| output.status.success());
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    text.unwrap_or_else(|| "?".to_owned())
}
