//! Histograms that our programs export.

use super::System;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const READ_WITHIN: Duration = Duration::from_secs(10);

/// A cumulative histogram: how many observations were at most so many seconds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Observed(Vec<(f64, f64)>);

impl System {
    /// A histogram of the first workers' process; empty when it exports no such thing.
    pub(crate) async fn workers_histogram(&self, name: &str) -> Result<Observed> {
        let address = self.workers.first().context("no workers")?.address();
        let text = tokio::time::timeout(READ_WITHIN, get(address, "/metrics")).await??;
        Ok(Observed::parse(&text, name))
    }
}

/// What the decision workers of a front did: how many batches, and how long they were in each stage.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Batches {
    count: f64,
    requests: f64,
    /// Seconds by stage.
    stages: BTreeMap<String, f64>,
}

impl System {
    /// What the front's decision workers have done so far.
    pub(crate) async fn batches(&self) -> Result<Batches> {
        let text =
            tokio::time::timeout(READ_WITHIN, get(self.front.address(), "/metrics")).await??;
        Ok(Batches::parse(&text))
    }
}

impl Batches {
    fn parse(text: &str) -> Self {
        let number = |rest: &str| rest.trim().parse::<f64>().ok();
        let sum = |name: &str| {
            text.lines()
                .find_map(|line| number(line.strip_prefix(name)?))
        };
        let stage = |line: &str| {
            let rest = line.strip_prefix("holdfast_decision_batch_phase_seconds_total{stage=\"")?;
            let (stage, seconds) = rest.split_once("\"}")?;
            Some((stage.to_owned(), number(seconds)?))
        };
        Self {
            count: sum("holdfast_decision_batch_requests_count ").unwrap_or_default(),
            requests: sum("holdfast_decision_batch_requests_sum ").unwrap_or_default(),
            stages: text.lines().filter_map(stage).collect(),
        }
    }

    /// Requests in a batch.
    pub(crate) fn size(&self) -> f64 {
        self.requests / self.count
    }

    /// Milliseconds that a batch spends in each stage.
    pub(crate) fn millis(&self) -> impl Iterator<Item = (&str, f64)> {
        let each = |seconds: f64| seconds * 1_000.0 / self.count;
        let stages = self.stages.iter();
        stages.map(move |(stage, seconds)| (stage.as_str(), each(*seconds)))
    }

    /// What was done between two readings.
    pub(crate) fn since(&self, before: &Self) -> Self {
        let spent = |(stage, seconds): (&String, &f64)| {
            let was = before.stages.get(stage).copied().unwrap_or_default();
            (stage.clone(), seconds - was)
        };
        Self {
            count: self.count - before.count,
            requests: self.requests - before.requests,
            stages: self.stages.iter().map(spent).collect(),
        }
    }
}

/// The response to a request, as text.
pub(super) async fn get(address: SocketAddr, path: &str) -> Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut response = Vec::new();
    stream.read_to_end(&mut response).await?;
    Ok(String::from_utf8_lossy(&response).into_owned())
}

impl Observed {
    fn parse(text: &str, name: &str) -> Self {
        let bucket = format!("{name}_bucket{{le=\"");
        let read = |line: &str| {
            let (bound, count) = line.strip_prefix(&bucket)?.split_once("\"} ")?;
            let count = count.split(' ').next()?;
            Some((bound.replace('+', "").parse().ok()?, count.parse().ok()?))
        };
        Self(text.lines().filter_map(read).collect())
    }

    /// What was observed between two readings.
    pub(crate) fn since(&self, before: &Self) -> Self {
        let earlier = |place: usize| before.0.get(place).map_or(0.0, |(_, count)| *count);
        let buckets = self.0.iter().enumerate();
        Self(
            buckets
                .map(|(place, (bound, count))| (*bound, count - earlier(place)))
                .collect(),
        )
    }

    /// The bound of the bucket that this share of the observations lies below.
    pub(crate) fn at_most(&self, share: f64) -> Option<f64> {
        let (_, all) = self.0.last()?;
        let enough = |(_, count): &&(f64, f64)| *all > 0.0 && *count >= all * share;
        self.0.iter().find(enough).map(|(bound, _)| *bound)
    }
}

#[cfg(test)]
mod tests {
    use super::{Batches, Observed};

    #[test]
    fn what_decision_workers_did_is_read_by_phase() {
        let text = |count, lock| {
            format!(
                "holdfast_decision_batch_requests_sum {count}0\nholdfast_decision_batch_requests_count {count}\n\
                 holdfast_decision_batch_phase_seconds_total{{stage=\"lock\"}} {lock}\n"
            )
        };
        let meanwhile = Batches::parse(&text(30, 0.75)).since(&Batches::parse(&text(10, 0.25)));
        assert_eq!(format!("{:.1}", meanwhile.size()), "10.0");
        let millis = meanwhile
            .millis()
            .map(|(stage, each)| format!("{stage} {each:.1}"));
        assert_eq!(millis.collect::<Vec<_>>(), ["lock 25.0"]);
    }

    #[test]
    fn quantiles_are_of_what_was_observed_meanwhile() {
        let text = |a, b, c| {
            format!(
                "x_seconds_sum 1.0\nx_seconds_bucket{{le=\"0.01\"}} {a}\n\
                 x_seconds_bucket{{le=\"0.5\"}} {b}\nx_seconds_bucket{{le=\"+Inf\"}} {c}\n"
            )
        };
        let before = Observed::parse(&text(10, 10, 10), "x_seconds");
        let after = Observed::parse(&text(60, 109, 110), "x_seconds");
        let meanwhile = after.since(&before);
        let millis = |share| meanwhile.at_most(share).map(|bound| (bound * 1e3).round());
        assert_eq!(millis(0.5), Some(10.0));
        assert_eq!(millis(0.99), Some(500.0));
        assert_eq!(millis(0.999), Some(f64::INFINITY));
        assert_eq!(Observed::parse(&text(1, 1, 1), "y").at_most(0.5), None);
    }
}
