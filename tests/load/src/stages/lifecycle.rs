//! Complete lives of purchases a second, through Apache Kafka: a life is complete when its clearing is
//! applied, and the time runs until everything is.

use super::{Bench, settling};
use crate::closed::{self, Pace};
use crate::lifecycle::Life;
use crate::report::Figures;
use crate::spread::Spread;
use crate::system::{System, Wanted};
use crate::{closed::Heard, progress};
use anyhow::Result;
use std::time::{Duration, Instant};

const IN_FLIGHT: usize = 64;

/// With all workers in one process.
pub(super) async fn measure(bench: &Bench, figures: &mut Figures) -> Result<()> {
    let wanted = Wanted {
        workers: &["all"],
        ..bench.wanted()
    };
    let system = bench.start(&wanted).await?;
    let pace = bench.pace();
    for run in 0..=bench.runs_few() {
        // The first is the warm-up: consumers join their groups, caches fill.
        let measured = if run == 0 {
            pace.warm_up
        } else {
            pace.measured
        };
        let (done, took, heard) = live(bench, &system, measured).await?;
        if run > 0 {
            let what = format!("{IN_FLIGHT} in flight");
            let rate = done as f64 / took.as_secs_f64();
            progress::say(format!("{what}: {rate:.0} complete lives a second"));
            figures.add(&what, "per_second", rate);
            figures.add(&what, "told_per_second", heard.rate());
            let rest = took.saturating_sub(measured);
            figures.add(&what, "applied_after_s", rest.as_secs_f64());
            figures.latency(&what, &heard);
            figures.cpu(&what, &heard, done);
        }
        heard.all_expected()?;
    }
    system.finish().await
}

/// Lives until the time is over and everything is applied; the processor's time counts until then.
async fn live(
    bench: &Bench,
    system: &System,
    measured: Duration,
) -> Result<(u64, Duration, Heard)> {
    let spread = Spread::Uniform(bench.arguments.accounts);
    let actors = Life::several(system, IN_FLIGHT, &spread, bench.arguments.envelope).await?;
    let pace = Pace {
        warm_up: Duration::ZERO,
        measured,
    };
    let already = settling::applied_clearings(system).await?;
    let (began, before) = (Instant::now(), system.cpu());
    let mut heard = closed::run(actors, pace, &system.meter).await?;
    settling::settled(system).await?;
    let took = began.elapsed();
    heard.cpu = system.cpu().since(&before);
    let done = settling::applied_clearings(system).await? - already;
    Ok((done, took, heard))
}
