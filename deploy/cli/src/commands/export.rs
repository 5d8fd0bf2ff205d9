//! `holdfast export`: the journal as lines of JSON, equal to the topics, also for what Kafka has dropped.

mod destination;
mod line;

use super::access::StoreAccess;
use super::error::CliError;
use crate::values;
use clap::Args;
use destination::Destination;
use holdfast_events::Topic;
use holdfast_ledger::shard::Shard;
use holdfast_ledger::time::Moment;
use holdfast_store::Store;
use holdfast_store::relay::{JournalRow, PositionRange};
use line::{ExportSummary, render_line};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// One page holds about so many bytes of values.
const PAGE_BYTES: i64 = 4 * 1024 * 1024;
/// How often the progress is printed.
const PROGRESS_EVERY: Duration = Duration::from_secs(2);

/// Write the events of the journal as lines of JSON, with the values that the topics have
///
/// Each line has the topic, the partition, the key and the value of one record. Lines are in order of position within
/// each partition; order by `value.position`, never by a time. The export ends with what was committed when it began.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  holdfast export --output events.ndjson\n  holdfast export --output events.ndjson --resume\n  \
                  holdfast export --topic ledger.adjustments.v1 --since 2026-11-30 | gzip > november.ndjson.gz"
)]
pub(crate) struct ExportEvents {
    #[command(flatten)]
    access: StoreAccess,
    /// Events of this topic alone; may be repeated
    #[arg(long = "topic", value_name = "TOPIC", value_parser = parse_topic)]
    topics: Vec<Topic>,
    /// Events committed at this time or later; a date is its midnight in UTC
    #[arg(long, value_name = "TIME", value_parser = values::parse_time_or_date)]
    since: Option<Moment>,
    /// The file to write; without it standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Continue the file after its last whole line of each partition
    #[arg(long, requires = "output")]
    resume: bool,
}

fn parse_topic(text: &str) -> Result<Topic, String> {
    Topic::from_name(text).ok_or_else(|| {
        let known: Vec<&str> = Topic::ALL.iter().map(|topic| topic.name()).collect();
        format!("unknown topic; known are {}", known.join(", "))
    })
}

impl ExportEvents {
    pub(super) async fn export_events(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let shards: Vec<Shard> = (0..store.shards().get()).map(Shard).collect();
        let until = store.committed_positions(&shards).await?;
        let (mut destination, written) =
            Destination::open(self.output.as_deref(), self.resume, store.incarnation())?;
        let mut ranges: Vec<PositionRange> = until
            .into_iter()
            .map(|(shard, until)| PositionRange {
                shard,
                after: written.get(&shard.0).copied().unwrap_or(0),
                until,
            })
            .collect();
        let summary = self
            .write_ranges(&store, &mut ranges, &mut destination)
            .await?;
        if self.output.is_some() {
            self.access
                .print_result(&summary, ExportSummary::render_text)?;
        }
        if summary.stopped {
            let because = "the export was stopped; continue it with --resume";
            return Err(CliError::Rejected(because.to_owned()));
        }
        Ok(())
    }

    /// Writes page after page until the ranges are empty or Ctrl-C stops it after a whole page.
    async fn write_ranges(
        &self,
        store: &Store,
        ranges: &mut Vec<PositionRange>,
        destination: &mut Destination,
    ) -> Result<ExportSummary, CliError> {
        let mut summary = ExportSummary::default();
        let mut printed = Instant::now();
        let stop = tokio::signal::ctrl_c();
        tokio::pin!(stop);
        loop {
            ranges.retain(|range| range.after < range.until);
            if ranges.is_empty() {
                return Ok(summary);
            }
            let page = tokio::select! {
                biased;
                _ = &mut stop => {
                    summary.stopped = true;
                    return Ok(summary);
                }
                page = store.read_page(ranges, PAGE_BYTES) => page?,
            };
            self.write_page(&page, store.incarnation(), destination, &mut summary)?;
            move_ranges(ranges, &page);
            if printed.elapsed() > PROGRESS_EVERY {
                print_progress(&summary, ranges);
                printed = Instant::now();
            }
        }
    }

    fn write_page(
        &self,
        page: &[JournalRow],
        incarnation: uuid::Uuid,
        destination: &mut Destination,
        summary: &mut ExportSummary,
    ) -> Result<(), CliError> {
        let incarnation = incarnation.to_string();
        for row in page {
            if let Some(topic) = self.wanted_topic(row) {
                destination.write_line(&render_line(row, topic, &incarnation)?)?;
                summary.count_event(row);
            }
        }
        Ok(destination.flush()?)
    }

    /// The topic of an event that is to be exported.
    fn wanted_topic(&self, row: &JournalRow) -> Option<Topic> {
        let topic = Topic::from_name(&row.topic)?;
        let is_wanted = self.topics.is_empty() || self.topics.contains(&topic);
        let is_recent = self.since.is_none_or(|since| row.at >= since);
        (is_wanted && is_recent).then_some(topic)
    }
}

/// Moves the beginning of each range behind the page.
fn move_ranges(ranges: &mut [PositionRange], page: &[JournalRow]) {
    let mut last: BTreeMap<Shard, i64> = BTreeMap::new();
    for row in page {
        last.insert(row.shard, row.position);
    }
    for range in ranges {
        if let Some(position) = last.get(&range.shard) {
            range.after = *position;
        }
    }
}

fn print_progress(summary: &ExportSummary, ranges: &[PositionRange]) {
    let left: i64 = ranges
        .iter()
        .map(|range| range.until.saturating_sub(range.after))
        .sum();
    eprintln!("exported {} events, {left} left to read", summary.events);
}
