//! Begins stories at their rate, and brings everything to an end.

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{TrafficOptions, TrafficReport};
use crate::story::{Stage, Tale};
use crate::{Random, SimAccount, stats};

/// Plays until it is stopped, then ends in order.
pub(super) async fn run(
    stage: Arc<Stage>,
    accounts: Vec<SimAccount>,
    options: TrafficOptions,
    stop: CancellationToken,
) -> TrafficReport {
    let playing = TaskTracker::new();
    let launching = launch(&stage, &accounts, &options, &playing);
    stop.run_until_cancelled(launching).await;
    playing.close();
    // A number of stories is played out at their own pace, unless somebody says stop.
    stop.run_until_cancelled(playing.wait()).await;
    let stories_cut = end(&stage, &options, &playing).await;
    let undelivered = stage
        .network
        .drain(options.drain_within)
        .await
        .err()
        .unwrap_or(0);
    let uncertain = stage.expected.uncertain();
    TrafficReport {
        stats: stage.stats.snapshot(),
        stories_cut,
        undelivered,
        uncertain,
    }
}

async fn launch(
    stage: &Arc<Stage>,
    accounts: &[SimAccount],
    options: &TrafficOptions,
    playing: &TaskTracker,
) {
    let places = Arc::new(Semaphore::new(options.stories_in_flight));
    let start = Instant::now();
    for index in 0..options.stories.unwrap_or(u64::MAX) {
        if let Some(rate) = options.stories_per_second {
            sleep_until(start + Duration::from_secs_f64(index as f64 / rate)).await;
        }
        let Ok(place) = places.clone().acquire_owned().await else {
            return;
        };
        let Some(tale) = cast(index, accounts, options) else {
            return;
        };
        stats::add(&stage.stats.stories_started);
        let stage = stage.clone();
        playing.spawn(async move {
            tale.play(&stage).await;
            stats::add(&stage.stats.stories_finished);
            drop(place);
        });
    }
}

/// The story with this number: a function of seed and number only.
fn cast(index: u64, accounts: &[SimAccount], options: &TrafficOptions) -> Option<Tale> {
    let mut random = Random::keyed(options.seed, &format!("story {index}"));
    let story = options.mix.pick(&mut random)?;
    let account = random.pick(accounts)?.clone();
    Some(Tale::new(story, account, random, OffsetDateTime::now_utc()))
}

/// Lets stories finish without waiting; those that still are not done end at their next step. How
/// many those were.
async fn end(stage: &Stage, options: &TrafficOptions, playing: &TaskTracker) -> u64 {
    stage.pace.hurry.cancel();
    if timeout(options.finish_within, playing.wait()).await.is_ok() {
        return 0;
    }
    stage.pace.cut.cancel();
    let cut = playing.len() as u64;
    // At most one question each: bounded by the limit of an answer.
    playing.wait().await;
    cut
}
