//! Metrics of the relay.

use holdfast_funding::clock::now;
use holdfast_ledger::shard::Shard;
use holdfast_ledger::time::Moment;
use holdfast_runtime::metrics::Metrics;
use holdfast_store::relay::Positions;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Unit;

/// Buckets: fine in the normal range, then coarse up to the delay that a broker outage causes.
const DELAYS: [f64; 19] = [
    0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0,
    10.0, 30.0, 60.0,
];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ShardLabel {
    shard: i32,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct SlotLabel {
    slot: i32,
}

/// Events, delays and stopped shards of the relay.
#[derive(Debug, Clone)]
pub(crate) struct RelayMetrics {
    events: Counter,
    /// How long a Kafka transaction takes.
    pub(crate) transaction_seconds: Histogram,
    delay_seconds: Histogram,
    /// How often publishing failed and restarted from the lease.
    pub(crate) restarts: Counter,
    owned: Family<SlotLabel, Gauge>,
    stopped: Family<ShardLabel, Gauge>,
    unpublished: Family<ShardLabel, Gauge>,
}

impl RelayMetrics {
    pub(crate) fn register(metrics: &Metrics) -> Self {
        let new = Self {
            events: Counter::default(),
            transaction_seconds: Histogram::new(exponential_buckets(0.001, 2.0, 14)),
            delay_seconds: Histogram::new(DELAYS),
            restarts: Counter::default(),
            owned: Family::default(),
            stopped: Family::default(),
            unpublished: Family::default(),
        };
        metrics.register(|registry| {
            let help = "Events published to Kafka by this process";
            registry.register("relay_events", help, new.events.clone());
            let help = "Time that a transaction of the relay takes in Kafka";
            let seconds = new.transaction_seconds.clone();
            registry.register_with_unit("relay_transaction", help, Unit::Seconds, seconds);
            let help = "From an event's own time to Kafka's acknowledgement of its transaction";
            let seconds = new.delay_seconds.clone();
            registry.register_with_unit("relay_delay", help, Unit::Seconds, seconds);
            let help = "Publishing failed and restarted from the lease";
            registry.register("relay_restarts", help, new.restarts.clone());
            let help = "1 while this process publishes the shards of the slot";
            registry.register("relay_slot_owned", help, new.owned.clone());
            let help = "1 when a shard is not published because Kafka and the database disagree";
            registry.register("relay_shard_stopped", help, new.stopped.clone());
            let help = "Committed events of a shard that Kafka is not known to have";
            registry.register("relay_unpublished_events", help, new.unpublished.clone());
        });
        new
    }

    /// Observes the delay of events, committed at these moments, whose transaction Kafka has just
    /// acknowledged.
    pub(crate) fn observe_acknowledged(&self, events: &[Moment]) {
        let now = now();
        for at in events {
            let delay = u32::try_from(now.0.saturating_sub(at.0).max(0)).unwrap_or(u32::MAX);
            self.delay_seconds.observe(f64::from(delay) / 1000.0);
        }
        self.events
            .inc_by(u64::try_from(events.len()).unwrap_or(u64::MAX));
    }

    pub(crate) fn set_owned(&self, slot: i32, owned: bool) {
        self.owned
            .get_or_create(&SlotLabel { slot })
            .set(owned.into());
    }

    pub(crate) fn set_stopped(&self, shard: Shard, stopped: bool) {
        self.stopped
            .get_or_create(&ShardLabel { shard: shard.0 })
            .set(stopped.into());
    }

    pub(crate) fn set_unpublished(&self, waiting: &Positions) {
        for (shard, events) in waiting {
            self.unpublished
                .get_or_create(&ShardLabel { shard: shard.0 })
                .set(*events);
        }
    }
}
