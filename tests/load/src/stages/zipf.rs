//! Decisions over accounts that are not alike: by Zipf's law.

use super::Bench;
use crate::closed;
use crate::purchaser::Purchaser;
use crate::report::Figures;
use crate::spread::Spread;
use anyhow::Result;

/// Closed loops with as many in flight as the first stages' busy ones.
pub(super) async fn measure(bench: &Bench, figures: &mut Figures) -> Result<()> {
    let system = bench.start(&bench.wanted()).await?;
    let spread = Spread::zipf(bench.arguments.accounts);
    for _ in 0..bench.runs_few() {
        for count in [64, 256] {
            let actors = Purchaser::several(&system, count, &spread).await?;
            let heard = closed::run(actors, bench.pace(), &system.meter).await?;
            figures.heard(&format!("{count} in flight"), &heard)?;
        }
    }
    system.finish().await
}
