//! Does it get slower as the database grows? The same accounts are asked before and after a million
//! others, with their journal and purchases, have come beside them.

use super::StageContext;
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
pub(super) async fn measure(context: &StageContext, figures: &mut Figures) -> Result<()> {
    let system = context.start(&context.wanted()).await?;
    // Of the accounts of the same number both times, so that only the neighbours differ.
    let own = Spread::Uniform(context.arguments.accounts);
    runs(context, &system, figures, "as it begins", &own).await?;

    let more = if context.arguments.quick {
        ACCOUNTS_QUICK
    } else {
        ACCOUNTS
    };
    let first = context.arguments.accounts;
    progress::say(format!("opening {more} accounts"));
    system.seed(first..first + more).await?;
    progress::say("giving a tenth of them a purchase each");
    system.grow(first..first + more / 10).await?;
    let what = format!("{more} accounts later");
    runs(context, &system, figures, &what, &own).await?;
    let all = Spread::Uniform(first + more);
    let what = "over all of them";
    runs(context, &system, figures, what, &all).await?;
    ratios(figures);
    system.finish().await
}

async fn runs(
    context: &StageContext,
    system: &System,
    figures: &mut Figures,
    what: &str,
    spread: &Spread,
) -> Result<()> {
    for _ in 0..context.runs_few() {
        let actors = Purchaser::several(system, IN_FLIGHT, spread).await?;
        let result = closed::run(actors, context.run_time(), &system.cpu_reader).await?;
        progress::say(format!("{what}: {:.0} decisions a second", result.rate()));
        figures.add_result(what, &result).context("growth")?;
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
