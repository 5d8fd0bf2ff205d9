//! Complete lives of purchases a second, through Apache Kafka: a life is complete when its clearing is
//! applied, and the time runs until everything is.

use super::{StageContext, backlog};
use crate::closed::{self, RunTime};
use crate::lifecycle::Life;
use crate::report::Figures;
use crate::spread::Spread;
use crate::system::{System, Wanted};
use crate::{closed::LoadResult, progress};
use anyhow::Result;
use std::time::{Duration, Instant};

const IN_FLIGHT: usize = 64;

/// With all workers in one process.
pub(super) async fn measure(context: &StageContext, figures: &mut Figures) -> Result<()> {
    let wanted = Wanted {
        workers: &["all"],
        ..context.wanted()
    };
    let system = context.start(&wanted).await?;
    let run_time = context.run_time();
    for run in 0..=context.runs_few() {
        // The first is the warm-up: consumers join their groups, caches fill.
        let measured = if run == 0 {
            run_time.warm_up
        } else {
            run_time.measured
        };
        let (done, took, result) = live(context, &system, measured).await?;
        if run > 0 {
            let what = format!("{IN_FLIGHT} in flight");
            let rate = done as f64 / took.as_secs_f64();
            progress::say(format!("{what}: {rate:.0} complete lives a second"));
            figures.add(&what, "per_second", rate);
            figures.add(&what, "notified_per_second", result.rate());
            let rest = took.saturating_sub(measured);
            figures.add(&what, "applied_after_s", rest.as_secs_f64());
            figures.latency(&what, &result);
            figures.cpu(&what, &result, done);
        }
        result.all_expected()?;
    }
    system.finish().await
}

/// Lives until the time is over and everything is applied; the processor's time counts until then.
async fn live(
    context: &StageContext,
    system: &System,
    measured: Duration,
) -> Result<(u64, Duration, LoadResult)> {
    let spread = Spread::Uniform(context.arguments.accounts);
    let actors = Life::several(system, IN_FLIGHT, &spread, context.arguments.envelope).await?;
    let run_time = RunTime {
        warm_up: Duration::ZERO,
        measured,
    };
    let already = backlog::applied_clearings(system).await?;
    let (began, before) = (Instant::now(), system.cpu());
    let mut result = closed::run(actors, run_time, &system.cpu_reader).await?;
    backlog::wait_until_applied(system).await?;
    let took = began.elapsed();
    result.cpu = system.cpu().since(&before);
    let done = backlog::applied_clearings(system).await? - already;
    Ok((done, took, result))
}
