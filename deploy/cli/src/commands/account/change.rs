//! Creating accounts and changing their state.

use crate::commands::access::Access;
use crate::commands::error::CliError;
use crate::commands::values;
use clap::{Args, ValueEnum};
use holdfast_ledger::book::{AccountKind, AccountState};
use holdfast_ledger::money::Currency;
use holdfast_ledger::token::AccountToken;
use holdfast_store::account::AccountChange;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast account create alice --currency USD --currency EUR")]
pub(crate) struct Create {
    #[command(flatten)]
    access: Access,
    /// The account's token: Marqeta's user_token or business_token
    #[arg(value_name = "ACCOUNT", value_parser = values::account)]
    account: AccountToken,
    /// A currency in which it has a balance; may be given several times
    #[arg(long = "currency", value_name = "CODE", value_parser = values::currency)]
    currencies: Vec<Currency>,
    /// Who owns it [default: user]
    #[arg(long, value_enum)]
    kind: Option<Kind>,
}

/// Who owns an account.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// A person.
    User,
    /// A business.
    Business,
}

impl Create {
    pub(super) async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let kind = |kind| match kind {
            Kind::User => AccountKind::User,
            Kind::Business => AccountKind::Business,
        };
        let change = AccountChange {
            state: None,
            kind: self.kind.map(kind),
            currencies: self.currencies.into_iter().collect(),
        };
        store.put_account(&self.account, &change).await?;
        super::show(&self.access, &store, &self.account).await
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast account suspend alice")]
pub(crate) struct SetState {
    #[command(flatten)]
    access: Access,
    /// The account's token
    #[arg(value_name = "ACCOUNT", value_parser = values::account)]
    account: AccountToken,
}

impl SetState {
    pub(super) async fn run(self, state: AccountState) -> Result<(), CliError> {
        let store = self.access.open().await?;
        if store.account(&self.account).await?.is_none() {
            return Err(CliError::unknown("account", &self.account));
        }
        let change = AccountChange {
            state: Some(state),
            ..AccountChange::default()
        };
        store.put_account(&self.account, &change).await?;
        super::show(&self.access, &store, &self.account).await
    }
}
