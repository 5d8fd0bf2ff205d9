//! Does it get slower as the database grows? The same accounts are asked before and after a million
//! others, with their journal and purchases, have come beside them.

use super::Bench;
use crate::purchaser::Purchaser;
use crate::report::Figures;
use crate::spread::Spread;
use crate::system::System;
use crate::{closed, progress};
use anyhow::{Context, Result};

const IN_FLIGHT: usize = 64;
const ACCOUNTS: u32 = 1_000_000;
const ACCOUNTS_QUICK: u32 = 50_000;

/// Empty, then grown.
pub(super) async fn measure(bench: &Bench, figures: &mut Figures) -> Result<()> {
    let system = bench.start(&bench.wanted()).await?;
    // Of the accounts of the same number both times, so that only the neighbours differ.
    let own = Spread::Uniform(bench.arguments.accounts);
    runs(bench, &system, figures, "as it begins", &own).await?;

    let more = if bench.arguments.quick {
        ACCOUNTS_QUICK
    } else {
        ACCOUNTS
    };
    let first = bench.arguments.accounts;
    progress::say(format!("opening {more} accounts"));
    system.seed(first..first + more).await?;
    progress::say("giving a tenth of them a purchase each");
    system.grow(first..first + more / 10).await?;
    let what = format!("{more} accounts later");
    runs(bench, &system, figures, &what, &own).await?;
    let all = Spread::Uniform(first + more);
    let what = "over all of them";
    runs(bench, &system, figures, what, &all).await?;
    ratios(figures);
    system.finish().await
}

async fn runs(
    bench: &Bench,
    system: &System,
    figures: &mut Figures,
    what: &str,
    spread: &Spread,
) -> Result<()> {
    for _ in 0..bench.runs_few() {
        let actors = Purchaser::several(system, IN_FLIGHT, spread).await?;
        let heard = closed::run(actors, bench.pace(), &system.meter).await?;
        progress::say(format!("{what}: {:.0} decisions a second", heard.rate()));
        figures.heard(what, &heard).context("growth")?;
    }
    Ok(())
}

/// Each median as a share of the first.
fn ratios(figures: &mut Figures) {
    let rates: Vec<_> = figures
        .all
        .iter()
        .filter_map(|figure| Some((figure.what.clone(), figure.median("per_second")?)))
        .collect();
    if let Some(((_, first), others)) = rates.split_first() {
        for (what, rate) in others {
            figures.add(what, "ratio", rate / first);
        }
    }
}
