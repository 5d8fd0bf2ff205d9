//! One card message at Marqeta: a transaction of its own, linked to those before it by tokens.

use rust_decimal::Decimal;
use time::OffsetDateTime;

use crate::{Merchant, MessageKind, Random, SimAccount};

/// A card message. It never changes once created; its [`crate::MessageOutcome`]
/// is known later.
#[derive(Clone, Debug)]
pub struct Transaction {
    /// What kind of message.
    pub kind: MessageKind,
    /// Its token: the idempotency key.
    pub token: String,
    /// Token of its JIT block.
    pub jit_token: String,
    /// Token of its GPA transaction.
    pub gpa_token: String,
    /// The account that pays.
    pub account: SimAccount,
    /// Major units: requested, cleared or released; of an advice the new total.
    pub amount: Decimal,
    /// `created_time`, whole seconds.
    pub created: OffsetDateTime,
    /// The merchant.
    pub merchant: &'static Merchant,
    /// The messages it is linked to.
    pub links: Links,
    /// Rarer properties.
    pub marks: Marks,
}

/// How a message is tied to the others of its funding group.
#[derive(Clone, Debug)]
pub struct Links {
    /// Token of the first message of the group: names the group here, not on the wire.
    pub group: String,
    /// JIT token of the first message; none on the first itself.
    pub first_jit: Option<String>,
    /// `gpa_order.token`, the same for the whole group.
    pub order: String,
    /// The message right before.
    pub preceding: Option<Preceding>,
    /// Earlier increments: transaction token and JIT token.
    pub increments: Vec<(String, String)>,
}

/// The message that another one follows.
#[derive(Clone, Debug)]
pub struct Preceding {
    /// Its token.
    pub token: String,
    /// Its kind.
    pub kind: MessageKind,
    /// Its amount.
    pub amount: Decimal,
}

/// The rarer properties of a message.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Marqeta approved as stand-in, without a JIT request.
    pub stand_in: bool,
    /// The amount is an estimate that will change.
    pub preauthorization: bool,
    /// Cash from the till, part of the amount.
    pub cash_back: Option<Decimal>,
    /// Clearing n of m.
    pub part: Option<(u8, u8)>,
    /// The last clearing, with what it releases of the hold.
    pub final_release: Option<Decimal>,
    /// An advice's JIT amount: by how much it reduces the hold.
    pub reduction: Option<Decimal>,
}

impl Transaction {
    /// The first message of a new funding group.
    pub fn opening(
        kind: MessageKind,
        account: &SimAccount,
        merchant: &'static Merchant,
        amount: Decimal,
        created: OffsetDateTime,
        random: &mut Random,
    ) -> Self {
        let token = random.token();
        let links = Links {
            group: token.clone(),
            first_jit: None,
            order: random.token(),
            preceding: None,
            increments: Vec::new(),
        };
        let (account, marks) = (account.clone(), Marks::default());
        let (jit_token, gpa_token) = (random.token(), random.token());
        Self {
            kind,
            token,
            jit_token,
            gpa_token,
            account,
            amount,
            created,
            merchant,
            links,
            marks,
        }
    }

    /// Creates a message that follows this one in its group.
    pub fn followed_by(
        &self,
        kind: MessageKind,
        amount: Decimal,
        created: OffsetDateTime,
        random: &mut Random,
    ) -> Self {
        Self {
            kind,
            token: random.token(),
            jit_token: random.token(),
            gpa_token: random.token(),
            account: self.account.clone(),
            amount,
            created,
            merchant: self.merchant,
            links: self.links_of_next(),
            marks: Marks::default(),
        }
    }

    /// The amount of the JIT block: the amount of the message (of an advice its reduction).
    pub fn jit_amount(&self) -> Decimal {
        match self.kind {
            MessageKind::Advice => self.marks.reduction.unwrap_or_default(),
            _ => self.amount,
        }
    }

    fn links_of_next(&self) -> Links {
        let mut links = self.links.clone();
        links.first_jit = Some(links.first_jit.unwrap_or_else(|| self.jit_token.clone()));
        if self.kind == MessageKind::Increment {
            links
                .increments
                .push((self.token.clone(), self.jit_token.clone()));
        }
        let (token, kind, amount) = (self.token.clone(), self.kind, self.amount);
        links.preceding = Some(Preceding {
            token,
            kind,
            amount,
        });
        links
    }
}
