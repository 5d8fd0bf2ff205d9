//! Accounts with money in them, opened through the store.

use holdfast_events::Topic;
use holdfast_ledger::book::{AccountKind, AccountState};
use holdfast_ledger::entry::{Layer, Side, entry_pair};
use holdfast_ledger::money::{Amount, Currency};
use holdfast_ledger::time::Moment;
use holdfast_ledger::token::AccountToken;
use holdfast_store::Store;
use holdfast_store::account::{AccountChange, StoredAccount};
use holdfast_store::journal::Event;
use holdfast_store::unit::{Locked, Wanted};
use std::collections::BTreeSet;
use time::OffsetDateTime;

/// Opens accounts and looks into them.
#[derive(Debug, Clone)]
pub struct Bank(Store);

impl Bank {
    /// The bank that this store belongs to.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self(store)
    }

    /// An active account with so much money: `("USD", "100.00")`.
    pub async fn open(&self, token: &str, money: &[(&str, &str)]) {
        let currency = |(code, _): &(&str, &str)| Currency::parse(code).unwrap();
        let change = AccountChange {
            state: Some(AccountState::Active),
            kind: Some(AccountKind::User),
            currencies: money.iter().map(currency).collect(),
        };
        self.0.put_account(&account(token), &change).await.unwrap();
        for (code, amount) in money {
            self.pay_in(token, code, amount).await;
        }
    }

    /// Changes what an account may do.
    pub async fn set_state(&self, token: &str, state: AccountState) {
        let change = AccountChange {
            state: Some(state),
            ..AccountChange::default()
        };
        self.0.put_account(&account(token), &change).await.unwrap();
    }

    async fn pay_in(&self, token: &str, code: &str, amount: &str) {
        let (token, currency) = (account(token), Currency::parse(code).unwrap());
        let amount = Amount::parse_in(amount, currency).unwrap();
        let entries = entry_pair(
            Side::ProgramFunding,
            Layer::Settled,
            currency,
            amount.credit(),
        );
        let accounts = BTreeSet::from([token.clone()]);
        let mut unit = self.0.begin().await.unwrap();
        unit.lock_accounts(&accounts, Locked::Wait).await.unwrap();
        let wanted = Wanted {
            accounts,
            ..Wanted::default()
        };
        let mut known = unit.read_known(&wanted).await.unwrap();
        let book = known.accounts.get_mut(&token).unwrap();
        book.post_entries(&entries).unwrap();
        unit.write_books([&*book]).await.unwrap();
        let topic = Topic::Adjustments;
        let event = Event {
            id: uuid::Uuid::now_v7(),
            account: token.clone(),
            topic: topic.name(),
            kind: topic.event_type(),
            subject: token.as_str().to_owned(),
            payload: "{}".to_owned(),
            entries,
            hold: None,
            token: None,
            at: Moment(OffsetDateTime::now_utc().unix_timestamp() * 1000),
        };
        unit.append_events(&[event]).await.unwrap();
        unit.commit().await.unwrap();
    }

    /// What the account has: `posted held available`, as texts.
    pub async fn balance(&self, token: &str, code: &str) -> String {
        let currency = Currency::parse(code).unwrap();
        let found = self.account(token).await.unwrap();
        let balance = found.balances.get(&currency).unwrap();
        let text = |sum: holdfast_ledger::money::Signed| sum.text(currency);
        let available = balance.available().unwrap();
        format!(
            "{} {} {}",
            text(balance.posted),
            text(balance.held),
            text(available)
        )
    }

    /// An account, if there is one.
    pub async fn account(&self, token: &str) -> Option<StoredAccount> {
        self.0.account(&account(token)).await.unwrap()
    }

    /// Do all stored balances and holds agree with the journal?
    ///
    /// # Panics
    /// When they do not.
    pub async fn verify(&self) {
        let found = self.0.verify().await.unwrap();
        assert!(found.is_balanced(), "{found:?}");
    }
}

fn account(token: &str) -> AccountToken {
    AccountToken::parse(token).unwrap()
}
