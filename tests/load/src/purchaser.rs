//! An actor that asks for purchases, one after another, on a connection of its own.

use crate::closed::{Actor, Loop};
use crate::http1::Line;
use crate::spread::Spread;
use crate::system::System;
use crate::template::{Purchase, Template};
use anyhow::Result;
use holdfast_simulator::Random;
use std::time::Instant;

/// It expects every purchase to be approved.
pub(crate) struct Purchaser {
    line: Line,
    template: Template,
    spread: Spread,
    random: Random,
}

impl Purchaser {
    /// So many of them, connected.
    pub(crate) async fn several(
        system: &System,
        count: usize,
        spread: &Spread,
    ) -> Result<Vec<Self>> {
        let template = system.messages().purchase()?;
        let mut all = Vec::with_capacity(count);
        for seed in 0..count {
            all.push(Self {
                line: system.client.connect().await?,
                template: template.clone(),
                spread: spread.clone(),
                random: Random::keyed(1, &seed.to_string()),
            });
        }
        Ok(all)
    }
}

impl Actor for Purchaser {
    async fn act(&mut self, of: &Loop) -> Result<()> {
        let account = self.spread.pick(&mut self.random);
        let request = self
            .template
            .fill(&[Purchase::new(account, of.next_number())]);
        let began = Instant::now();
        let response = self.line.ask(request).await?;
        of.count_response(&response, 200, began);
        Ok(())
    }
}
