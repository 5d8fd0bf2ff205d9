//! The result, as a table for people and as JSON for comparing.

use crate::closed::Heard;
use anyhow::Result;
use serde::Serialize;
use std::fmt::Write;

/// One stage.
#[derive(Debug, Serialize)]
pub(crate) struct Figure {
    /// `many` accounts or one `hot` one.
    pub(crate) name: &'static str,
    /// Requests in flight.
    pub(crate) in_flight: usize,
    /// Which run.
    pub(crate) run: usize,
    /// `pgbench` transfers a second with as many clients, right before.
    pub(crate) transfers: Option<u64>,
    /// What the front gave.
    pub(crate) heard: Heard,
}

/// All stages.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    machine: String,
    pub(crate) figures: Vec<Figure>,
    pub(crate) memory: Option<u64>,
    pub(crate) books: bool,
}

impl Figure {
    /// One row.
    pub(crate) fn line(&self) -> String {
        let (transfers, ratio) = match self.transfers {
            Some(transfers) => {
                let percent = self.heard.a_second * 100 / transfers.max(1);
                (
                    transfers.to_string(),
                    format!("{}.{:02}", percent / 100, percent % 100),
                )
            }
            None => ("no pgbench".to_owned(), "-".to_owned()),
        };
        let Heard {
            a_second,
            p50_us,
            p99_us,
            others,
            ..
        } = self.heard;
        let name = self.name;
        let in_flight = self.in_flight;
        format!(
            "{name:<5} {in_flight:>4} {a_second:>9} {p50_us:>9} {p99_us:>9} {others:>7} {transfers:>10} {ratio:>6}"
        )
    }
}

impl Report {
    /// An empty report.
    pub(crate) fn begin(machine: String) -> Self {
        Self {
            machine,
            figures: Vec::new(),
            memory: None,
            books: false,
        }
    }

    /// For people.
    pub(crate) fn table(&self) -> String {
        let mut text = format!("machine: {}\n", self.machine);
        let memory = self.memory.map_or(0, |kib| kib / 1024);
        let _ = writeln!(
            text,
            "spread  in decisions       p50       p99     not   pgbench"
        );
        let _ = writeln!(
            text,
            "      flight  a second        us        us approved transfers  ratio"
        );
        for figure in &self.figures {
            let _ = writeln!(text, "{}", figure.line());
        }
        let balanced = if self.books {
            "balance"
        } else {
            "DO NOT BALANCE"
        };
        let _ = write!(text, "front resident: {memory} MiB; the books {balanced}");
        text
    }

    /// For machines.
    pub(crate) fn json(&self) -> Result<String> {
        Ok(serde_json::to_string_pretty(self)?)
    }
}
