//! One owner's time with a slot, from fencing its predecessor to the first thing that goes wrong.

use super::Relay;
use super::learn;
use super::progress::{Page, Progress};
use super::writer::Writer;
use crate::{WorkersError, topics};
use holdfast_ledger::shard::Shard;
use holdfast_ledger::time::Moment;
use holdfast_store::relay::{Lease, Positions};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

const IDLE_MIN: Duration = Duration::from_millis(2);
/// How often `published` is moved while there is always more to publish: it saves looking back in Kafka
/// and is no promise, so it need not cost a flush a transaction.
const NOTE_EVERY: Duration = Duration::from_millis(100);
/// Transactions begin no more often while they hold all that waits. Each costs Kafka a request, a check
/// and a marker a partition, however few events there are; and one that begins right after another is
/// told to come again 20 ms later while Kafka still writes that one's markers.
const CYCLE_MIN: Duration = Duration::from_millis(20);
/// How often the waiting events are counted for the metrics.
const COUNT_EVERY: Duration = Duration::from_secs(2);

/// A slot in our hands.
pub(super) struct Session<'a> {
    pub(super) relay: &'a Relay,
    pub(super) lease: Lease,
    /// Cancelled when the lease is lost.
    pub(super) lost: CancellationToken,
    /// Cancelled when the program drains.
    pub(super) draining: CancellationToken,
}

/// What is published but not yet noted in the database, and what has been complained of.
struct Loose {
    unnoted: Positions,
    noted: Instant,
    stopped: BTreeSet<Shard>,
    counted: Option<Instant>,
}

impl Loose {
    /// What is to be noted by now, while there is always more to publish.
    fn due_to_be_noted(&mut self) -> Positions {
        if self.noted.elapsed() < NOTE_EVERY {
            return Positions::new();
        }
        self.noted = Instant::now();
        std::mem::take(&mut self.unnoted)
    }
}

impl Session<'_> {
    /// Publishes until the program drains.
    ///
    /// # Errors
    /// Whatever ends it sooner; all is to be begun anew then.
    pub(super) async fn run(&self) -> Result<(), WorkersError> {
        let relay = self.relay;
        topics::check(&relay.kafka, relay.store.shards()).await?;
        let id = relay.transactional_id();
        let writer = Writer::open(&relay.kafka, id, relay.store.incarnation()).await?;
        let result = self.publish(&writer).await;
        writer.close().await;
        result
    }

    async fn publish(&self, writer: &Writer) -> Result<(), WorkersError> {
        let relay = self.relay;
        let shards = &relay.slot.shards;
        let known = learn::learn(&relay.kafka, shards, relay.store.incarnation()).await?;
        let mut progress = Progress::begin(&relay.store, shards, &known).await?;
        // Kafka may have more than the predecessor lived to note.
        let unnoted = progress.reached();
        let mut loose = Loose {
            unnoted,
            noted: Instant::now(),
            stopped: BTreeSet::new(),
            counted: None,
        };
        shards
            .iter()
            .for_each(|shard| relay.metrics.stopped(*shard, false));
        let mut page = progress.next_page(&relay.store).await?;
        let mut idle = IDLE_MIN;
        loop {
            self.report(&progress, &mut loose).await?;
            if self.lost.is_cancelled() {
                return Err(WorkersError::LeaseLost);
            }
            if self.draining.is_cancelled() {
                return self.note(&loose.unnoted).await;
            }
            if page.rows.is_empty() {
                self.note(&std::mem::take(&mut loose.unnoted)).await?;
                self.rest(idle).await;
                idle = (idle * 2).min(relay.idle_wait);
                page = progress.next_page(&relay.store).await?;
            } else {
                idle = IDLE_MIN;
                page = self.step(writer, page, &mut progress, &mut loose).await?;
            }
        }
    }

    /// Publishes a page and notes how far the one before came. The next one is read meanwhile if there is
    /// more than one page's worth; else afterwards, so that it holds what was committed meanwhile: an
    /// event waits for the transaction in hand and its own, and not for a third one.
    async fn step(
        &self,
        writer: &Writer,
        page: Page,
        progress: &mut Progress,
        loose: &mut Loose,
    ) -> Result<Page, WorkersError> {
        let moments: Vec<Moment> = page.rows.iter().map(|row| row.at).collect();
        let began = Instant::now();
        let metrics = &self.relay.metrics;
        let publishing = async {
            let published = writer.publish(page.rows).await;
            let took = began.elapsed().as_secs_f64();
            metrics.transaction_seconds.observe(took);
            if published.is_ok() {
                metrics.acknowledged(&moments);
            }
            published
        };
        let reading_ahead = async {
            match page.has_successor {
                true => Some(progress.next_page(&self.relay.store).await),
                false => None,
            }
        };
        let unnoted = loose.due_to_be_noted();
        let (published, ahead, noted) =
            tokio::join!(publishing, reading_ahead, self.note(&unnoted));
        published?;
        loose.unnoted.extend(page.reached);
        noted?;
        match ahead {
            Some(next) => next,
            None => {
                self.rest(CYCLE_MIN.saturating_sub(began.elapsed())).await;
                progress.next_page(&self.relay.store).await
            }
        }
    }

    /// Moves `published` in the database.
    async fn note(&self, reached: &Positions) -> Result<(), WorkersError> {
        if reached.is_empty() || self.relay.store.move_published(self.lease, reached).await? {
            return Ok(());
        }
        Err(WorkersError::LeaseLost)
    }

    async fn rest(&self, time: Duration) {
        tokio::select! {
            () = tokio::time::sleep(time) => {}
            () = self.draining.cancelled() => {}
            () = self.lost.cancelled() => {}
        }
    }

    /// Tells of shards that have stopped, once, and counts what waits, now and then.
    async fn report(&self, progress: &Progress, loose: &mut Loose) -> Result<(), WorkersError> {
        for (shard, stop) in progress.stopped() {
            if loose.stopped.insert(*shard) {
                self.relay.metrics.stopped(*shard, true);
                tracing::error!(shard = shard.0, reason = %stop, "A shard is not published any more");
            }
        }
        if loose
            .counted
            .is_none_or(|last| last.elapsed() >= COUNT_EVERY)
        {
            loose.counted = Some(Instant::now());
            self.relay
                .metrics
                .unpublished(&self.relay.store.unpublished().await?);
        }
        Ok(())
    }
}
