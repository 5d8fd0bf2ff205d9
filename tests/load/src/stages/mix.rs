//! All kinds of messages over accounts that are not alike, each response checked, all of it through Kafka.

use super::{StageContext, backlog};
use crate::closed::{self, RunTime};
use crate::mixer::Mixer;
use crate::report::Figures;
use crate::spread::Spread;
use crate::system::Wanted;
use anyhow::Result;
use std::time::Duration;

const IN_FLIGHT: usize = 64;

/// Answers of every kind are counted; the processor's time runs until all of it is applied.
pub(super) async fn measure(context: &StageContext, figures: &mut Figures) -> Result<()> {
    let wanted = Wanted {
        workers: &["all"],
        ..context.wanted()
    };
    let system = context.start(&wanted).await?;
    let run_time = context.run_time();
    let warm_up = RunTime {
        measured: run_time.warm_up,
        ..run_time
    };
    // Consumers join their groups and the broker compiles itself in the first one.
    for (run_time, is_measured) in [(warm_up, false), (run_time, true)] {
        let spread = Spread::zipf(context.arguments.accounts);
        let actors = Mixer::several(&system, IN_FLIGHT, &spread).await?;
        let before = system.cpu();
        let run_time = RunTime {
            warm_up: Duration::ZERO,
            ..run_time
        };
        let mut result = closed::run(actors, run_time, &system.cpu_reader).await?;
        backlog::wait_until_applied(&system).await?;
        result.cpu = system.cpu().since(&before);
        result.all_expected()?;
        if is_measured {
            figures.add_result("64 in flight", &result)?;
        }
    }
    system.finish().await
}
