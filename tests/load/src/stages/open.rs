//! Latency at a rate that does not wait for answers.

use super::Bench;
use crate::open;
use crate::report::Figures;
use crate::spread::Spread;
use anyhow::Result;

/// Purchases at a fixed rate, over all accounts.
pub(super) async fn measure(bench: &Bench, figures: &mut Figures) -> Result<()> {
    let system = bench.start(&bench.wanted()).await?;
    let spread = Spread::Uniform(bench.arguments.accounts);
    let rate = f64::from(bench.arguments.rate);
    for _ in 0..bench.runs_few() {
        let template = system.messages().purchase()?;
        let at = (rate, bench.pace());
        let heard = open::run(&system, template, at, &spread, open::approved()).await?;
        figures.heard(&format!("{rate} a second"), &heard)?;
    }
    system.finish().await
}
