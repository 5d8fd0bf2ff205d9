//! Creating accounts and changing their state.

use crate::commands::access::{ReasonedActorArgs, StoreAccess, find_account};
use crate::commands::error::CliError;
use crate::values;
use clap::{Args, ValueEnum};
use holdfast_funding::clock::now;
use holdfast_funding::command::put_account;
use holdfast_ledger::book::{AccountKind, AccountState};
use holdfast_ledger::money::Currency;
use holdfast_ledger::token::AccountToken;
use holdfast_store::account::AccountChange;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast account create alice --currency USD --currency EUR")]
pub(crate) struct CreateAccount {
    #[command(flatten)]
    access: StoreAccess,
    #[command(flatten)]
    by: ReasonedActorArgs,
    /// The account's token: Marqeta's user_token or business_token
    #[arg(value_name = "ACCOUNT", value_parser = AccountToken::parse)]
    account: AccountToken,
    /// A currency that it has a balance in; may be given several times
    #[arg(long = "currency", value_name = "CODE", value_parser = values::parse_currency)]
    currencies: Vec<Currency>,
    /// Kind of owner [default: user]
    #[arg(long, value_enum)]
    kind: Option<OwnerKind>,
}

/// Kind of owner of an account.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum OwnerKind {
    /// A person.
    User,
    /// A business.
    Business,
}

impl CreateAccount {
    pub(super) async fn create_account(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let kind = |kind| match kind {
            OwnerKind::User => AccountKind::User,
            OwnerKind::Business => AccountKind::Business,
        };
        let change = AccountChange {
            state: None,
            kind: self.kind.map(kind),
            currencies: self.currencies.into_iter().collect(),
        };
        put_account(&store, &self.by.actor(), &self.account, &change, now()).await?;
        super::print_account(&self.access, &store, &self.account).await
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast account suspend alice")]
pub(crate) struct SetAccountState {
    #[command(flatten)]
    access: StoreAccess,
    #[command(flatten)]
    by: ReasonedActorArgs,
    /// The account's token
    #[arg(value_name = "ACCOUNT", value_parser = AccountToken::parse)]
    account: AccountToken,
}

impl SetAccountState {
    pub(super) async fn set_state(self, state: AccountState) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        find_account(&store, &self.account).await?;
        let change = AccountChange {
            state: Some(state),
            ..AccountChange::default()
        };
        put_account(&store, &self.by.actor(), &self.account, &change, now()).await?;
        super::print_account(&self.access, &store, &self.account).await
    }
}
