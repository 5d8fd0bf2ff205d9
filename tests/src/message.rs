//! What Marqeta sends, made by the simulator's own builders.

use holdfast_simulator::{
    AccountKind, Json, MessageKind, MessageOutcome, Random, SimAccount, Trade, Transaction,
    TransactionState,
};
use rust_decimal::Decimal;
use time::OffsetDateTime;

/// Makes messages with fresh tokens.
#[derive(Debug, Clone)]
pub struct Messages {
    random: Random,
    created: OffsetDateTime,
}

impl Default for Messages {
    fn default() -> Self {
        let seed = uuid::Uuid::now_v7().as_u64_pair().1;
        Self {
            random: Random::new(seed),
            created: OffsetDateTime::now_utc(),
        }
    }
}

impl Messages {
    /// A purchase in dollars with the account's own card.
    pub fn purchase(&mut self, account: &str, amount: &str) -> Transaction {
        self.opening(MessageKind::Authorization, account, amount, "USD")
    }

    /// Any first message of a purchase.
    pub fn opening(
        &mut self,
        kind: MessageKind,
        account: &str,
        amount: &str,
        currency: &str,
    ) -> Transaction {
        let card = format!("card-of-{account}");
        let account = SimAccount::new(account, AccountKind::User, &card, currency).unwrap();
        let merchant = &Trade::Grocery.merchants()[0];
        let created = self.next_second();
        Transaction::opening(
            kind,
            &account,
            merchant,
            decimal(amount),
            created,
            &mut self.random,
        )
    }

    /// A message that follows another one.
    pub fn following(
        &mut self,
        before: &Transaction,
        kind: MessageKind,
        amount: &str,
    ) -> Transaction {
        let created = self.next_second();
        before.followed_by(kind, decimal(amount), created, &mut self.random)
    }

    fn next_second(&mut self) -> OffsetDateTime {
        self.created += time::Duration::SECOND;
        self.created.replace_nanosecond(0).unwrap()
    }
}

/// The notification that all went well.
#[must_use]
pub fn confirmed(of: &Transaction) -> Json {
    of.notification(&MessageOutcome::without_request(of))
}

/// The notification that nothing came of it.
#[must_use]
pub fn declined(of: &Transaction) -> Json {
    let outcome = MessageOutcome {
        state: TransactionState::Declined,
        amount: of.amount,
        exchange: None,
    };
    of.notification(&outcome)
}

/// `{"transactions":[…]}`.
#[must_use]
pub fn envelope(items: &[Json]) -> String {
    Json::object([("transactions", Json::List(items.to_vec()))]).to_string()
}

/// A copy with one field set.
#[must_use]
pub fn with(message: &Json, path: &str, value: Json) -> Json {
    let mut message = message.clone();
    message.set(path, value);
    message
}

/// A copy without one field.
#[must_use]
pub fn without(message: &Json, path: &str) -> Json {
    let mut message = message.clone();
    message.remove(path);
    message
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}
