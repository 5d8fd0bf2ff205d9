//! All kinds of messages over accounts that are not alike, each answer checked, all of it through Kafka.

use super::{Bench, settling};
use crate::closed;
use crate::mixer::Mixer;
use crate::report::Figures;
use crate::spread::Spread;
use crate::system::Wanted;
use anyhow::Result;

const IN_FLIGHT: usize = 64;

/// Answers of every kind are counted.
pub(super) async fn measure(bench: &Bench, figures: &mut Figures) -> Result<()> {
    let wanted = Wanted {
        workers: &["all"],
        ..bench.wanted()
    };
    let system = bench.start(&wanted).await?;
    let spread = Spread::zipf(bench.arguments.accounts);
    let actors = Mixer::several(&system, IN_FLIGHT, &spread).await?;
    let heard = closed::run(actors, bench.pace(), &system.meter).await?;
    figures.heard("64 in flight", &heard)?;
    settling::settled(&system).await?;
    system.finish().await
}
