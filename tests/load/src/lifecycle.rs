//! Whole lives of purchases: asked, confirmed, cleared.

use crate::closed::{Actor, Loop};
use crate::http1::Line;
use crate::spread::Spread;
use crate::system::System;
use crate::template::{Purchase, Template};
use anyhow::Result;
use holdfast_simulator::Random;
use std::time::Instant;

/// Requests some purchases, then notifies their authorizations, then their clearings.
pub(crate) struct Life {
    line: Line,
    purchase: Template,
    confirmation: Template,
    clearing: Template,
    spread: Spread,
    random: Random,
    /// Purchases whose notifications share one envelope.
    together: Vec<Purchase>,
}

impl Life {
    /// So many actors, connected.
    pub(crate) async fn several(
        system: &System,
        count: usize,
        spread: &Spread,
        envelope: u8,
    ) -> Result<Vec<Self>> {
        let (messages, items) = (system.messages(), usize::from(envelope));
        let mut all = Vec::with_capacity(count);
        for seed in 0..count {
            all.push(Self {
                line: system.client.connect().await?,
                purchase: messages.purchase()?,
                confirmation: messages.confirmation(items)?,
                clearing: messages.clearing(items)?,
                spread: spread.clone(),
                random: Random::keyed(3, &seed.to_string()),
                together: vec![Purchase::default(); items],
            });
        }
        Ok(all)
    }

    async fn send_notification(line: &mut Line, request: &[u8], of: &Loop) -> Result<()> {
        let response = line.ask(request).await?;
        if response.status != 200 {
            of.count_response(&response, 200, Instant::now());
        }
        Ok(())
    }
}

impl Actor for Life {
    /// Latency counts for the decision alone: no cardholder waits for notifications.
    async fn act(&mut self, of: &Loop) -> Result<()> {
        for purchase in &mut self.together {
            let account = self.spread.pick(&mut self.random);
            *purchase = Purchase::new(account, of.next_number());
            let request = self.purchase.fill(&[*purchase]);
            let began = Instant::now();
            let response = self.line.ask(request).await?;
            of.count_response(&response, 200, began);
        }
        let line = &mut self.line;
        Self::send_notification(line, self.confirmation.fill(&self.together), of).await?;
        Self::send_notification(line, self.clearing.fill(&self.together), of).await
    }
}
