//! Metrics of a process: one registry, one text.

mod format;
mod process;

pub use format::MetricsFormat;

use std::sync::{Arc, Mutex, PoisonError};

use prometheus_client::encoding::text::encode;
use prometheus_client::registry::Registry;

/// The metrics of a process. Cheap to clone; all clones are one registry.
#[derive(Debug, Clone)]
pub struct Metrics(Arc<Mutex<Registry>>);

impl Metrics {
    /// A registry that already holds the process's memory and start time.
    pub fn new() -> Self {
        let mut registry = Registry::default();
        registry.register_collector(Box::new(process::Process::started_now()));
        Self(Arc::new(Mutex::new(registry)))
    }

    /// Registers metrics; every name gets the prefix `holdfast_`.
    pub fn register(&self, declare: impl FnOnce(&mut Registry)) {
        let mut registry = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        declare(registry.sub_registry_with_prefix("holdfast"));
    }

    /// All metrics in this form.
    pub fn text_in(&self, format: MetricsFormat) -> String {
        match format {
            MetricsFormat::OpenMetrics => self.text(),
            MetricsFormat::Plain => format::plain_text(&self.text()),
        }
    }

    /// All metrics as OpenMetrics text.
    pub fn text(&self) -> String {
        let registry = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::new();
        if let Err(error) = encode(&mut text, &registry) {
            // Only a metric's own collector can fail; what was written before it is still true.
            tracing::error!(%error, "Cannot write all metrics");
        }
        text
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use prometheus_client::metrics::counter::Counter;

    use super::*;

    #[test]
    fn the_text_holds_registered_metrics_and_the_process() {
        let metrics = Metrics::new();
        let decisions = Counter::<u64>::default();
        metrics.register(|registry| {
            registry.register("decisions", "Decisions taken", decisions.clone());
        });
        decisions.inc_by(3);
        let text = metrics.text();
        assert!(text.contains("holdfast_decisions_total 3\n"), "{text}");
        assert!(
            text.contains("# TYPE process_resident_memory_bytes gauge"),
            "{text}"
        );
        assert!(
            text.contains("# UNIT process_start_time_seconds seconds"),
            "{text}"
        );
        assert!(text.ends_with("# EOF\n"), "{text}");
    }
}
