//! The stages: each starts what it needs, measures, verifies, and stops everything.

mod backlog;
mod clearing;
mod decisions;
mod growth;
mod lifecycle;
mod mix;
mod open;
mod overload;
mod relay;
mod tls;
mod zipf;

use crate::arguments::{RunArguments, Stage};
use crate::closed::{self, RunTime};
use crate::purchaser::Purchaser;
use crate::report::Figures;
use crate::spread::Spread;
use crate::system::{Programs, System, Wanted};
use anyhow::{Context, Result};
use std::time::Duration;

/// Longer than any stage takes.
const STAGE_WITHIN: Duration = Duration::from_secs(3_600);

/// Who let each account make its first purchase.
const VISITORS: usize = 128;

/// What every stage works with.
#[derive(Debug, Clone)]
pub(crate) struct StageContext {
    pub(crate) arguments: RunArguments,
    pub(crate) programs: Programs,
}

impl StageContext {
    /// Runs a stage. What it measured before it failed is kept.
    pub(crate) async fn run(&self, stage: Stage) -> (Figures, Result<()>) {
        let mut figures = Figures::of(stage.name());
        let measuring = async {
            match stage {
                Stage::Decisions => decisions::many(self, &mut figures).await,
                Stage::Hot => decisions::hot(self, &mut figures).await,
                Stage::Zipf => zipf::measure(self, &mut figures).await,
                Stage::Open => open::measure(self, &mut figures).await,
                Stage::Overload => overload::measure(self, &mut figures).await,
                Stage::Lifecycle => lifecycle::measure(self, &mut figures).await,
                Stage::Clearing => clearing::measure(self, &mut figures).await,
                Stage::Relay => relay::measure(self, &mut figures).await,
                Stage::Mix => mix::measure(self, &mut figures).await,
                Stage::Tls => tls::measure(self, &mut figures).await,
                Stage::Growth => growth::measure(self, &mut figures).await,
            }
        };
        let outcome = tokio::time::timeout(STAGE_WITHIN, measuring).await;
        let outcome = outcome.context("the stage takes too long");
        (figures, outcome.and_then(|done| done))
    }

    /// What most stages need: accounts under limits, and the front.
    fn wanted(&self) -> Wanted {
        Wanted {
            accounts: self.arguments.accounts,
            limits: !self.arguments.without_limits,
            front: Vec::new(),
            tls: self.arguments.tls,
            calibration: false,
            workers: &[],
        }
    }

    /// Starts a system and lets each account make one purchase: a program in use knows its cards, and has
    /// meters of its limits.
    async fn start(&self, wanted: &Wanted) -> Result<System> {
        let system = System::start(&self.programs, wanted).await?;
        let each = Spread::in_turn(wanted.accounts);
        let actors = Purchaser::several(&system, VISITORS, &each).await?;
        closed::exhaust(actors, wanted.accounts.into()).await?;
        Ok(system)
    }

    /// How often the stages are run that no calibration goes with.
    fn runs_few(&self) -> u16 {
        self.arguments.runs().min(3)
    }

    fn run_time(&self) -> RunTime {
        let measured = self.arguments.time();
        RunTime {
            warm_up: measured / 4,
            measured,
        }
    }
}
