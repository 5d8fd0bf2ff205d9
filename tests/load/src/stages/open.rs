//! Latency at a rate that does not wait for answers.

use super::StageContext;
use crate::open;
use crate::report::Figures;
use crate::spread::Spread;
use anyhow::Result;

/// Purchases at a fixed rate, over all accounts.
pub(super) async fn measure(context: &StageContext, figures: &mut Figures) -> Result<()> {
    let system = context.start(&context.wanted()).await?;
    let spread = Spread::Uniform(context.arguments.accounts);
    let rate = f64::from(context.arguments.rate);
    for _ in 0..context.runs_few() {
        let template = system.messages().purchase()?;
        let at = (rate, context.run_time());
        let result = open::run(&system, template, at, &spread, open::approved()).await?;
        figures.add_result(&format!("{rate} a second"), &result)?;
    }
    system.finish().await
}
