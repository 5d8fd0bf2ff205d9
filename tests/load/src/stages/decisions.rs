//! Full decisions in a closed loop, over many accounts or on one, beside the calibration.

use super::StageContext;
use crate::report::Figures;
use crate::spread::Spread;
use crate::system::{System, Wanted};
use crate::{calibration, closed, progress, purchaser::Purchaser};
use anyhow::Result;

/// Clients of the calibration: where it is at its best or near it.
const CLIENTS: usize = 64;

/// Over all accounts, each as often as any other.
pub(super) async fn many(context: &StageContext, figures: &mut Figures) -> Result<()> {
    let spread = Spread::Uniform(context.arguments.accounts);
    let in_flight = context.arguments.in_flight.clone();
    measure(context, figures, &spread, &in_flight, false).await
}

/// On one account.
pub(super) async fn hot(context: &StageContext, figures: &mut Figures) -> Result<()> {
    let busy = context.arguments.in_flight.iter().copied();
    let in_flight: Vec<usize> = busy.filter(|in_flight| *in_flight >= CLIENTS).collect();
    measure(context, figures, &Spread::Hot, &in_flight, true).await
}

async fn measure(
    context: &StageContext,
    figures: &mut Figures,
    spread: &Spread,
    in_flight: &[usize],
    is_hot: bool,
) -> Result<()> {
    let wanted = Wanted {
        calibration: true,
        ..context.wanted()
    };
    let system = context.start(&wanted).await?;
    for run in 1..=context.arguments.runs() {
        let half = context.arguments.time() / 2;
        let transfers = calibration::run(&system, CLIENTS, is_hot, half).await?;
        if let Some(transfers) = transfers {
            figures.add("pgbench, 64 clients", "per_second", transfers);
            progress::say(format!("run {run}: pgbench {transfers:.0} a second"));
        }
        for &count in in_flight {
            one(context, &system, figures, spread, count, transfers).await?;
        }
    }
    system.finish().await
}

async fn one(
    context: &StageContext,
    system: &System,
    figures: &mut Figures,
    spread: &Spread,
    count: usize,
    transfers: Option<f64>,
) -> Result<()> {
    let actors = Purchaser::several(system, count, spread).await?;
    let before = system.batches().await?;
    let result = closed::run(actors, context.run_time(), &system.cpu_reader).await?;
    let batches = system.batches().await?.since(&before);
    let what = format!("{count} in flight");
    figures.add(&what, "batch_requests", batches.size());
    for (stage, millis) in batches.millis() {
        figures.add(&what, &format!("stage_{stage}_ms"), millis);
    }
    progress::say(format!("{what}: {:.0} decisions a second", result.rate()));
    if let Some(transfers) = transfers {
        figures.add(&what, "ratio", result.rate() / transfers);
    }
    let (now, _) = system.front_mib();
    figures.add(&what, "front_mib", now);
    figures.add_result(&what, &result)
}
