//! Decisions over accounts that are not alike: a Zipf distribution.

use super::StageContext;
use crate::closed;
use crate::purchaser::Purchaser;
use crate::report::Figures;
use crate::spread::Spread;
use anyhow::Result;

/// Closed loops with as many in flight as the first stages' busy ones.
pub(super) async fn measure(context: &StageContext, figures: &mut Figures) -> Result<()> {
    let system = context.start(&context.wanted()).await?;
    let spread = Spread::zipf(context.arguments.accounts);
    for _ in 0..context.runs_few() {
        for count in [64, 256] {
            let actors = Purchaser::several(&system, count, &spread).await?;
            let result = closed::run(actors, context.run_time(), &system.cpu_reader).await?;
            figures.add_result(&format!("{count} in flight"), &result)?;
        }
    }
    system.finish().await
}
