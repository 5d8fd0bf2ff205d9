//! An actor that sends all kinds of messages and knows what each must be answered.

use crate::closed::{Actor, Loop};
use crate::http1::Line;
use crate::spread::Spread;
use crate::system::System;
use crate::template::{Purchase, Template};
use anyhow::Result;
use holdfast_simulator::Random;
use std::collections::VecDeque;
use std::time::Instant;

/// What is sent, and how often of a hundred.
const WEIGHTS: [(MessageKind, u64); 7] = [
    (MessageKind::Authorization, 48),
    (MessageKind::Clearing, 14),
    (MessageKind::PinDebit, 12),
    (MessageKind::Increment, 8),
    (MessageKind::Decline, 8),
    (MessageKind::Duplicate, 6),
    (MessageKind::Reversal, 4),
];
/// Open purchases that an actor remembers.
const REMEMBERED: usize = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MessageKind {
    Authorization,
    /// Confirms a purchase, and clears it.
    Clearing,
    PinDebit,
    Increment,
    /// More than the account has.
    Decline,
    /// A purchase again, however old: it must be answered as it was, byte for byte.
    Duplicate,
    /// Lets a purchase go.
    Reversal,
}

/// A purchase that was approved, and how that was said.
struct Approved {
    purchase: Purchase,
    response: Vec<u8>,
}

/// One actor with its connection and what it remembers.
pub(crate) struct Mixer {
    line: Line,
    forms: Forms,
    spread: Spread,
    random: Random,
    open: VecDeque<Approved>,
}

#[derive(Clone)]
struct Forms {
    purchase: Template,
    pin_debit: Template,
    increment: Template,
    dear: Template,
    confirmation: Template,
    clearing: Template,
    reversal: Template,
}

impl Mixer {
    /// So many actors, connected.
    pub(crate) async fn several(
        system: &System,
        count: usize,
        spread: &Spread,
    ) -> Result<Vec<Self>> {
        let messages = system.messages();
        let forms = Forms {
            purchase: messages.purchase()?,
            pin_debit: messages.pin_debit()?,
            increment: messages.increment()?,
            dear: messages.dear()?,
            confirmation: messages.confirmation(1)?,
            clearing: messages.clearing(1)?,
            reversal: messages.reversal(1)?,
        };
        let mut all = Vec::with_capacity(count);
        for seed in 0..count {
            all.push(Self {
                line: system.client.connect().await?,
                forms: forms.clone(),
                spread: spread.clone(),
                random: Random::keyed(4, &seed.to_string()),
                open: VecDeque::new(),
            });
        }
        Ok(all)
    }

    /// A purchase of an account without purchases.
    fn new_one(&mut self, of: &Loop) -> Purchase {
        Purchase::new(self.spread.pick(&mut self.random), of.next_number())
    }

    fn place(&mut self) -> usize {
        let count = u64::try_from(self.open.len()).unwrap_or(0);
        usize::try_from(self.random.below(count)).unwrap_or(0)
    }

    async fn authorization(&mut self, of: &Loop) -> Result<()> {
        let purchase = self.new_one(of);
        let began = Instant::now();
        let response = self.line.ask(self.forms.purchase.fill(&[purchase])).await?;
        of.count_response(&response, 200, began);
        let response = response.body.to_vec();
        self.open.push_back(Approved { purchase, response });
        if self.open.len() > REMEMBERED {
            self.open.pop_front();
        }
        Ok(())
    }

    async fn pin_debit(&mut self, of: &Loop) -> Result<()> {
        let purchase = self.new_one(of);
        let began = Instant::now();
        let response = self
            .line
            .ask(self.forms.pin_debit.fill(&[purchase]))
            .await?;
        of.count_response(&response, 200, began);
        Ok(())
    }

    async fn decline(&mut self, of: &Loop) -> Result<()> {
        let purchase = self.new_one(of);
        let began = Instant::now();
        let response = self.line.ask(self.forms.dear.fill(&[purchase])).await?;
        let text = String::from_utf8_lossy(response.body);
        if text.contains("INSUFFICIENT_FUNDS") {
            of.count_response(&response, 402, began);
        } else {
            of.tally
                .borrow_mut()
                .wrong(format!("not declined for want of funds: {text}"));
        }
        Ok(())
    }

    async fn increment(&mut self, before: Purchase, of: &Loop) -> Result<()> {
        let more = Purchase {
            account: before.account,
            number: of.next_number(),
            before: before.number,
        };
        let began = Instant::now();
        let response = self.line.ask(self.forms.increment.fill(&[more])).await?;
        of.count_response(&response, 200, began);
        Ok(())
    }

    async fn duplicate(&mut self, place: usize, of: &Loop) -> Result<()> {
        let Some(first) = self.open.get(place) else {
            return Ok(());
        };
        let began = Instant::now();
        let request = self.forms.purchase.fill(&[first.purchase]);
        let response = self.line.ask(request).await?;
        if response.body == first.response {
            of.count_response(&response, 200, began);
        } else {
            let other = "a duplicate was answered otherwise than its first".to_owned();
            of.tally.borrow_mut().wrong(other);
        }
        Ok(())
    }

    async fn clearing(&mut self, purchase: Purchase, of: &Loop) -> Result<()> {
        for form in [&mut self.forms.confirmation, &mut self.forms.clearing] {
            let began = Instant::now();
            let response = self.line.ask(form.fill(&[purchase])).await?;
            of.count_response(&response, 200, began);
        }
        Ok(())
    }

    async fn reversal(&mut self, purchase: Purchase, of: &Loop) -> Result<()> {
        let began = Instant::now();
        let response = self.line.ask(self.forms.reversal.fill(&[purchase])).await?;
        of.count_response(&response, 200, began);
        Ok(())
    }
}

impl Actor for Mixer {
    async fn act(&mut self, of: &Loop) -> Result<()> {
        let kind = kind(self.random.below(total()));
        let place = self.place();
        let Some(before) = self.open.get(place).map(|open| open.purchase) else {
            return self.authorization(of).await;
        };
        match kind {
            MessageKind::Authorization => self.authorization(of).await,
            MessageKind::PinDebit => self.pin_debit(of).await,
            MessageKind::Decline => self.decline(of).await,
            MessageKind::Increment => self.increment(before, of).await,
            MessageKind::Duplicate => self.duplicate(place, of).await,
            MessageKind::Clearing => {
                self.open.remove(place);
                self.clearing(before, of).await
            }
            MessageKind::Reversal => {
                self.open.remove(place);
                self.reversal(before, of).await
            }
        }
    }
}

fn total() -> u64 {
    WEIGHTS.iter().map(|(_, weight)| weight).sum()
}

/// The kind whose share of the weights this number lies in.
fn kind(mut number: u64) -> MessageKind {
    for (kind, weight) in WEIGHTS {
        match number.checked_sub(weight) {
            Some(rest) => number = rest,
            None => return kind,
        }
    }
    MessageKind::Authorization
}

#[cfg(test)]
mod tests {
    use super::{WEIGHTS, kind, total};

    #[test]
    fn each_kind_comes_as_often_as_its_weight_says() {
        assert_eq!(total(), 100);
        for (wanted, weight) in WEIGHTS {
            let count = (0..100).filter(|number| kind(*number) == wanted).count();
            assert_eq!(u64::try_from(count), Ok(weight));
        }
    }
}
