//! One clearing worker alone: what was accepted and published before it started is applied as fast as one
//! process can. Front and relay have nothing to do meanwhile.

use super::{StageContext, backlog};
use crate::lifecycle::Life;
use crate::report::Figures;
use crate::spread::Spread;
use crate::system::{System, Wanted};
use crate::{closed, progress};
use anyhow::Result;
use std::time::Instant;

const CLEARINGS: u64 = 30_000;
const CLEARINGS_QUICK: u64 = 4_000;
const IN_FLIGHT: usize = 64;

/// Prepares, then starts the worker.
pub(super) async fn measure(context: &StageContext, figures: &mut Figures) -> Result<()> {
    let wanted = Wanted {
        workers: &["relay"],
        ..context.wanted()
    };
    let mut system = context.start(&wanted).await?;
    let clearings = if context.arguments.quick {
        CLEARINGS_QUICK
    } else {
        CLEARINGS
    };
    let spread = Spread::Uniform(context.arguments.accounts);
    progress::say(format!("preparing {clearings} clearings"));
    let actors = Life::several(&system, IN_FLIGHT, &spread, context.arguments.envelope).await?;
    closed::exhaust(actors, clearings).await?;
    backlog::published(&system).await?;
    system.stop_workers().await?;

    let (began, before) = (Instant::now(), system.cpu());
    system.start_workers(&["clearing"]).await?;
    backlog::cleared(&system).await?;
    let (cpu, took) = (system.cpu().since(&before), began.elapsed());
    let (applied, rate) = rate(&system).await?;
    let what = "one process";
    figures.add(what, "per_second", rate);
    figures.add(what, "facts", applied as f64);
    figures.add(what, "with_start_s", took.as_secs_f64());
    for (part, each) in cpu.for_each(applied) {
        figures.add(what, &format!("cpu_{}_us", part.name()), each);
    }
    system
        .start_workers(&["relay", "notice", "reversal"])
        .await?;
    backlog::wait_until_applied(&system).await?;
    system.finish().await
}

/// Clearings applied, and how many a second from the first to the last of them. Those of the first
/// moment are not counted in the rate: their start is not known.
async fn rate(system: &System) -> Result<(u64, f64)> {
    let (applied, rate): (i64, f64) = sqlx::query_as(
        "with one as (
            select finished_at, min(finished_at) over () as first from notification
            where status = 'applied' and topic = 'jit.clearings.v1'
        )
        select count(*), (count(*) filter (where finished_at > first)
            / nullif(extract(epoch from max(finished_at) - min(finished_at)), 0))::float8 from one",
    )
    .fetch_one(&system.database)
    .await?;
    Ok((u64::try_from(applied)?, rate))
}
