//! The result: figures of stages, each with the values of its runs.

mod compare;
mod table;

use crate::closed::LoadResult;
use crate::machine::Machine;
use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

pub(crate) use compare::compare;

/// Everything that was measured.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) machine: Machine,
    pub(crate) figures: Vec<Figure>,
    /// What went wrong, by stage. The run has failed unless it is empty.
    pub(crate) failures: BTreeMap<String, String>,
}

/// One thing that was measured, perhaps several times.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Figure {
    pub(crate) stage: String,
    pub(crate) what: String,
    /// Measure by name: `per_second`, `ratio`, `p99_ms`, `cpu_front_us`, …; one value a run.
    pub(crate) measures: BTreeMap<String, Vec<f64>>,
}

/// Figures of one stage, as they come.
#[derive(Debug)]
pub(crate) struct Figures {
    stage: &'static str,
    pub(crate) all: Vec<Figure>,
}

impl Figures {
    /// None yet.
    pub(crate) fn of(stage: &'static str) -> Self {
        Self {
            stage,
            all: Vec::new(),
        }
    }

    /// Adds a run's value, if it is one: JSON knows no infinity.
    pub(crate) fn add(&mut self, what: &str, measure: &str, value: f64) {
        if !value.is_finite() {
            return;
        }
        let place = self.all.iter().position(|figure| figure.what == what);
        let place = place.unwrap_or_else(|| {
            self.all.push(Figure {
                stage: self.stage.to_owned(),
                what: what.to_owned(),
                measures: BTreeMap::new(),
            });
            self.all.len() - 1
        });
        if let Some(figure) = self.all.get_mut(place) {
            let values = figure.measures.entry(measure.to_owned());
            values.or_default().push(value);
        }
    }

    /// Adds the result of a loop; answers that were not expected are an error.
    pub(crate) fn add_result(&mut self, what: &str, result: &LoadResult) -> Result<()> {
        self.add(what, "per_second", result.rate());
        self.latency(what, result);
        self.cpu(what, result, result.answers);
        result.all_expected().with_context(|| what.to_owned())
    }

    /// Adds a loop's latencies.
    pub(crate) fn latency(&mut self, what: &str, result: &LoadResult) {
        let latency = result.latency;
        for (measure, micros) in [
            ("p50_ms", latency.p50),
            ("p99_ms", latency.p99),
            ("p999_ms", latency.p999),
            ("max_ms", latency.max),
        ] {
            self.add(what, measure, micros as f64 / 1_000.0);
        }
    }

    /// Adds processor time for each of so many things done.
    pub(crate) fn cpu(&mut self, what: &str, result: &LoadResult, done: u64) {
        for (part, each) in result.cpu.for_each(done) {
            self.add(what, &format!("cpu_{}_us", part.name()), each);
        }
    }
}

impl Figure {
    /// The median of a measure's runs.
    pub(crate) fn median(&self, measure: &str) -> Option<f64> {
        median(self.measures.get(measure)?)
    }
}

impl Report {
    /// Reads one that was written.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read(path).with_context(|| path.display().to_string())?;
        serde_json::from_slice(&text).with_context(|| path.display().to_string())
    }

    /// Writes it as JSON.
    pub(crate) fn write(&self, path: &Path) -> Result<()> {
        let text = serde_json::to_string_pretty(self)?;
        std::fs::write(path, text).with_context(|| path.display().to_string())
    }
}

/// The middle value; of an even number of values the mean of the two in the middle.
fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    match sorted.len() % 2 {
        1 => Some(upper),
        _ => Some(f64::midpoint(*sorted.get(sorted.len() / 2 - 1)?, upper)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Figures, median};

    #[test]
    fn medians() {
        let rounded = |values: &[f64]| median(values).map(|value| (value * 10.0).round());
        assert_eq!(rounded(&[3.0, 1.0, 2.0]), Some(20.0));
        assert_eq!(rounded(&[4.0, 1.0, 2.0, 3.0]), Some(25.0));
        assert_eq!(rounded(&[]), None);
    }

    #[test]
    fn values_of_one_thing_come_together() {
        let mut figures = Figures::of("x");
        figures.add("a", "per_second", 1.0);
        figures.add("b", "per_second", 9.0);
        figures.add("a", "per_second", 3.0);
        assert_eq!(figures.all.len(), 2);
        assert_eq!(figures.all[0].measures["per_second"].len(), 2);
    }
}
