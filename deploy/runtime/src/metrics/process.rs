//! Resident memory and start time of this process.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Unit;

/// Reads `/proc` at every scrape; without it, only the start time is exported.
#[derive(Debug)]
pub(super) struct Process {
    started_s: i64,
}

impl Process {
    pub(super) fn started_now() -> Self {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Self {
            started_s: i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        }
    }
}

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let started = ConstGauge::new(self.started_s);
        let help = "When the process started, in Unix time";
        let unit = Some(&Unit::Seconds);
        let metric =
            encoder.encode_descriptor("process_start_time", help, unit, started.metric_type())?;
        started.encode(metric)?;
        let Some(resident) = resident_memory_bytes() else {
            return Ok(());
        };
        let resident = ConstGauge::new(resident);
        let help = "Resident memory of the process";
        let unit = Some(&Unit::Bytes);
        let metric = encoder.encode_descriptor(
            "process_resident_memory",
            help,
            unit,
            resident.metric_type(),
        )?;
        resident.encode(metric)
    }
}

/// `VmRSS` of `/proc/self/status`, which is in kB whatever the page size.
fn resident_memory_bytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    kilobytes.checked_mul(1024)
}
