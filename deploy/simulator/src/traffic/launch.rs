//! Starts stories at their rate, and ends them in order.

use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{TrafficOptions, TrafficReport};
use crate::story::{StoryRun, TrafficContext};
use crate::{Random, SimAccount, stats};

/// Plays until it is stopped, then ends in order.
pub(super) async fn play_until_stopped(
    context: Arc<TrafficContext>,
    accounts: Vec<SimAccount>,
    options: TrafficOptions,
    stop: CancellationToken,
) -> TrafficReport {
    let playing = TaskTracker::new();
    let launching = start_stories(&context, &accounts, &options, &playing);
    stop.run_until_cancelled(launching).await;
    playing.close();
    // A limited number of stories plays to its end, unless the token is cancelled.
    stop.run_until_cancelled(playing.wait()).await;
    let stories_cut = end_stories(&context, &options, &playing).await;
    let undelivered = context
        .network
        .drain(options.drain_within)
        .await
        .err()
        .unwrap_or(0);
    let uncertain = context.expected.count_uncertain();
    TrafficReport {
        stats: context.stats.snapshot(),
        stories_cut,
        undelivered,
        uncertain,
    }
}

async fn start_stories(
    context: &Arc<TrafficContext>,
    accounts: &[SimAccount],
    options: &TrafficOptions,
    playing: &TaskTracker,
) {
    let permits = Arc::new(Semaphore::new(options.stories_in_flight));
    let start = Instant::now();
    for index in 0..options.stories.unwrap_or(u64::MAX) {
        if let Some(rate) = options.stories_per_second {
            sleep_until(start + Duration::from_secs_f64(index as f64 / rate)).await;
        }
        let Ok(permit) = permits.clone().acquire_owned().await else {
            return;
        };
        let Some(run) = create_story(index, accounts, options) else {
            return;
        };
        stats::increment(&context.stats.stories_started);
        let context = context.clone();
        playing.spawn(async move {
            run.play(&context).await;
            stats::increment(&context.stats.stories_finished);
            drop(permit);
        });
    }
}

/// The story with this number: a function of seed and number only.
fn create_story(index: u64, accounts: &[SimAccount], options: &TrafficOptions) -> Option<StoryRun> {
    let mut random = Random::keyed(options.seed, &format!("story {index}"));
    let story = options.mix.pick(&mut random)?;
    let account = random.pick(accounts)?.clone();
    Some(StoryRun::new(
        story,
        account,
        random,
        OffsetDateTime::now_utc(),
    ))
}

/// Lets stories finish without waiting, and cuts the others at their next step. Returns how many.
async fn end_stories(
    context: &TrafficContext,
    options: &TrafficOptions,
    playing: &TaskTracker,
) -> u64 {
    context.timer.hurry.cancel();
    if timeout(options.finish_within, playing.wait()).await.is_ok() {
        return 0;
    }
    context.timer.cut.cancel();
    let cut = playing.len() as u64;
    // At most one request each: bounded by the limit of a response.
    playing.wait().await;
    cut
}
