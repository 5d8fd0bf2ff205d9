//! From the commit to a consumer of Kafka: the time between the front's response, which comes right after
//! the commit, and the moment when a `read_committed` consumer in this process is handed the record.

mod watcher;

use super::{StageContext, backlog};
use crate::closed::RunTime;
use crate::open::{self, Hear};
use crate::report::Figures;
use crate::spread::Spread;
use crate::system::Wanted;
use crate::tokens::Series;
use anyhow::{Context, Result};
use hdrhistogram::Histogram;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};
use watcher::{Seen, Watcher};

/// Records are seen, or lost, in this time after the last response.
const SEEN_WITHIN: Duration = Duration::from_secs(30);

/// A young broker still compiles itself, and costs more than one that has run for a while.
const WARM_UP: Duration = Duration::from_secs(10);

/// The relay's own account of it: from an event's time to Kafka's acknowledgement.
const DELAY: &str = "holdfast_relay_delay_seconds";

/// A response: its request's number, when it came, and whether it was due in the measured time.
type HttpResponse = (u64, Instant, bool);
type Answered = Rc<RefCell<Vec<HttpResponse>>>;

/// Purchases at a fixed rate, with the relay alone.
pub(super) async fn measure(context: &StageContext, figures: &mut Figures) -> Result<()> {
    let wanted = Wanted {
        workers: &["relay"],
        ..context.wanted()
    };
    let system = context.start(&wanted).await?;
    let servers = system
        .kafka
        .as_ref()
        .context("no Kafka")?
        .bootstrap_servers();
    let watcher = Watcher::start(servers, system.store.shards())?;
    // Each account has made a purchase: by publishing those the broker has warmed up.
    backlog::published(&system).await?;
    let rate = f64::from(context.arguments.rate);
    let answered: Answered = Rc::default();
    let messages = system.messages();
    let series = messages.series();
    let run_time = RunTime {
        warm_up: context.run_time().warm_up.max(WARM_UP),
        ..context.run_time()
    };
    let before = system.workers_histogram(DELAY).await?;
    let result = open::run(
        &system,
        messages.purchase()?,
        (rate, run_time),
        &Spread::Uniform(context.arguments.accounts),
        noted(&answered),
    )
    .await?;
    let answered = answered.take();
    let records = usize::try_from(context.arguments.accounts)? + answered.len();
    let seen = watcher.stop_after(records, SEEN_WITHIN).await?;
    let times = times(&seen, series, &answered)?;
    let own = system.workers_histogram(DELAY).await?.since(&before);
    let what = format!("{rate} a second");
    if let Some(seconds) = own.at_most(0.99) {
        figures.add(&what, "own_p99_at_most_ms", seconds * 1_000.0);
    }
    figures.add(&what, "per_second", result.rate());
    for (measure, quantile) in [("p50_ms", 0.5), ("p99_ms", 0.99), ("p999_ms", 0.999)] {
        let micros = times.value_at_quantile(quantile);
        figures.add(&what, measure, micros as f64 / 1_000.0);
    }
    figures.add(&what, "max_ms", times.max() as f64 / 1_000.0);
    figures.add(
        &what,
        "decision_p99_ms",
        result.latency.p99 as f64 / 1_000.0,
    );
    figures.cpu(&what, &result, result.answers);
    result.all_expected()?;
    system.finish().await
}

/// Notes when each response came.
fn noted(answered: &Answered) -> Hear {
    let answered = Rc::clone(answered);
    let usual = open::approved();
    Rc::new(move |of, asked, response| {
        let at = (asked.number, Instant::now(), asked.is_measured);
        answered.borrow_mut().push(at);
        usual(of, asked, response);
    })
}

/// Microseconds from each response to its record; a record may even come before its response.
fn times(seen: &Seen, series: Series, answered: &[HttpResponse]) -> Result<Histogram<u64>> {
    let mut times = Histogram::new(3)?;
    for (number, at, _) in answered.iter().filter(|(_, _, is_measured)| *is_measured) {
        let record = seen.get(&series.bits(b't', *number));
        let record = record.context("a decision's record has not come")?;
        let took = record.saturating_duration_since(*at);
        times.record(u64::try_from(took.as_micros())?)?;
    }
    Ok(times)
}
