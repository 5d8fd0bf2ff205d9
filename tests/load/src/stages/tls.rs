//! What TLS costs: the same load with and without, on two systems side by side, run by turns.

use super::Bench;
use crate::closed;
use crate::purchaser::Purchaser;
use crate::report::Figures;
use crate::spread::Spread;
use crate::system::Wanted;
use anyhow::Result;

const IN_FLIGHT: usize = 64;

/// Connections are kept, as Marqeta keeps them: handshakes are not part of it.
pub(super) async fn measure(bench: &Bench, figures: &mut Figures) -> Result<()> {
    let wanted = |tls| Wanted {
        tls,
        ..bench.wanted()
    };
    let (off, on) = (
        bench.start(&wanted(false)).await?,
        bench.start(&wanted(true)).await?,
    );
    let spread = Spread::Uniform(bench.arguments.accounts);
    for _ in 0..bench.runs_few() {
        let mut rates = Vec::new();
        for (what, system) in [("off", &off), ("on", &on)] {
            let actors = Purchaser::several(system, IN_FLIGHT, &spread).await?;
            let heard = closed::run(actors, bench.pace(), &system.meter).await?;
            figures.heard(what, &heard)?;
            rates.push(heard.rate());
        }
        if let [off, on] = rates[..] {
            figures.add("on", "ratio", on / off);
        }
    }
    off.finish().await?;
    on.finish().await
}
