//! What TLS costs: the same load with and without, on two systems side by side, run by turns.

use super::StageContext;
use crate::closed;
use crate::purchaser::Purchaser;
use crate::report::Figures;
use crate::spread::Spread;
use crate::system::Wanted;
use anyhow::Result;

const IN_FLIGHT: usize = 64;

/// Connections are kept, as Marqeta keeps them: handshakes are not part of it.
pub(super) async fn measure(context: &StageContext, figures: &mut Figures) -> Result<()> {
    let wanted = |tls| Wanted {
        tls,
        ..context.wanted()
    };
    let (off, on) = (
        context.start(&wanted(false)).await?,
        context.start(&wanted(true)).await?,
    );
    let spread = Spread::Uniform(context.arguments.accounts);
    for _ in 0..context.runs_few() {
        let mut rates = Vec::new();
        for (what, system) in [("off", &off), ("on", &on)] {
            let actors = Purchaser::several(system, IN_FLIGHT, &spread).await?;
            let result = closed::run(actors, context.run_time(), &system.cpu_reader).await?;
            figures.add_result(what, &result)?;
            rates.push(result.rate());
        }
        if let [off, on] = rates[..] {
            figures.add("on", "ratio", on / off);
        }
    }
    off.finish().await?;
    on.finish().await
}
