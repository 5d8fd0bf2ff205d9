//! `holdfast account`.

mod change;
mod entries;
mod money;

use super::access::Access;
use super::error::CliError;
use super::table::Table;
use super::values;
use clap::{Args, Subcommand};
use holdfast_funding::view::AccountView;
use holdfast_ledger::token::AccountToken;
use holdfast_store::Store;

/// Accounts
#[derive(Debug, Subcommand)]
pub(crate) enum Account {
    /// List accounts with their balances
    List(List),
    /// Show one account
    Show(Show),
    /// Create an account, or change it: balances in further currencies, another kind or state
    Create(change::Create),
    /// Let an account spend again
    Activate(change::SetState),
    /// Let an account spend nothing for now
    Suspend(change::SetState),
    /// Close an account; what is final is still booked
    Close(change::SetState),
    /// Give an account money from the program
    Credit(money::Transfer),
    /// Take money back to the program, as far as it is available
    Debit(money::Transfer),
    /// Put something right by hand, also below zero
    Adjust(money::Adjust),
    /// Give up what an account owes, as a loss of the program
    WriteOff(money::WriteOff),
    /// List the journal lines of an account, newest first
    Entries(entries::Entries),
}

impl Account {
    pub(super) async fn run(self) -> Result<(), CliError> {
        use holdfast_ledger::book::AccountState::{Active, Closed, Suspended};
        match self {
            Self::List(command) => command.run().await,
            Self::Show(command) => command.run().await,
            Self::Create(command) => command.run().await,
            Self::Activate(command) => command.run(Active).await,
            Self::Suspend(command) => command.run(Suspended).await,
            Self::Close(command) => command.run(Closed).await,
            Self::Credit(command) => command.run(true).await,
            Self::Debit(command) => command.run(false).await,
            Self::Adjust(command) => command.run().await,
            Self::WriteOff(command) => command.run().await,
            Self::Entries(command) => command.run().await,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast account list --limit 20")]
pub(crate) struct List {
    #[command(flatten)]
    access: Access,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: u32,
    /// Those after this one, as the list before ended
    #[arg(long, value_name = "ACCOUNT", value_parser = values::account)]
    after: Option<AccountToken>,
}

impl List {
    async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let accounts = store.accounts(self.after.as_ref(), self.limit).await?;
        let views = accounts
            .iter()
            .map(AccountView::of)
            .collect::<Result<Vec<_>, _>>()?;
        self.access.print(&views, |views| text(views))
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast account show alice --json")]
pub(crate) struct Show {
    #[command(flatten)]
    access: Access,
    /// The account's token
    #[arg(value_name = "ACCOUNT", value_parser = values::account)]
    account: AccountToken,
}

impl Show {
    async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        show(&self.access, &store, &self.account).await
    }
}

/// Prints one account as it is now.
async fn show(access: &Access, store: &Store, account: &AccountToken) -> Result<(), CliError> {
    let stored = store.account(account).await?;
    let stored = stored.ok_or_else(|| CliError::unknown("account", account))?;
    access.print(&AccountView::of(&stored)?, |view| {
        text(std::slice::from_ref(view))
    })
}

fn text(accounts: &[AccountView]) -> String {
    let headings = [
        "account",
        "state",
        "marqeta",
        "kind",
        "currency",
        "posted",
        "held",
        "pending",
        "available",
    ];
    let mut table = Table::new(&headings, &[5, 6, 7, 8]);
    for account in accounts {
        let state = word(&account.state);
        let marqeta = account.marqeta_state.as_deref().unwrap_or("-");
        let kind = word(&account.kind);
        if account.balances.is_empty() {
            table.row([
                &account.token,
                &state,
                marqeta,
                &kind,
                "-",
                "-",
                "-",
                "-",
                "-",
            ]);
        }
        for money in &account.balances {
            let (posted, held) = (&money.posted, &money.held);
            let (pending, available) = (&money.pending_credit, &money.available);
            let currency = money.currency;
            let token = &account.token;
            table.row([
                token, &state, marqeta, &kind, currency, posted, held, pending, available,
            ]);
        }
    }
    table.text("no accounts")
}

/// A state or kind as its JSON text.
fn word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or("?").to_owned()
}
