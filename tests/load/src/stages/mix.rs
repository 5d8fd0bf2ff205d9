//! All kinds of messages over accounts that are not alike, each answer checked, all of it through Kafka.

use super::{Bench, settling};
use crate::closed::{self, Pace};
use crate::mixer::Mixer;
use crate::report::Figures;
use crate::spread::Spread;
use crate::system::Wanted;
use anyhow::Result;
use std::time::Duration;

const IN_FLIGHT: usize = 64;

/// Answers of every kind are counted; the processor's time runs until all of it is applied.
pub(super) async fn measure(bench: &Bench, figures: &mut Figures) -> Result<()> {
    let wanted = Wanted {
        workers: &["all"],
        ..bench.wanted()
    };
    let system = bench.start(&wanted).await?;
    let pace = bench.pace();
    let warm_up = Pace {
        measured: pace.warm_up,
        ..pace
    };
    // Consumers join their groups and the broker compiles itself in the first one.
    for (pace, is_measured) in [(warm_up, false), (pace, true)] {
        let spread = Spread::zipf(bench.arguments.accounts);
        let actors = Mixer::several(&system, IN_FLIGHT, &spread).await?;
        let before = system.cpu();
        let pace = Pace {
            warm_up: Duration::ZERO,
            ..pace
        };
        let mut heard = closed::run(actors, pace, &system.meter).await?;
        settling::settled(&system).await?;
        heard.cpu = system.cpu().since(&before);
        heard.all_expected()?;
        if is_measured {
            figures.heard("64 in flight", &heard)?;
        }
    }
    system.finish().await
}
