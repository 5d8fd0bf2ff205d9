//! `holdfast account`.

mod change;
mod entries;
mod money;

use super::access::{StoreAccess, find_account};
use super::error::CliError;
use super::table::Table;
use clap::{Args, Subcommand};
use holdfast_funding::view::AccountView;
use holdfast_ledger::token::AccountToken;
use holdfast_store::Store;
use holdfast_store::account::AccountFilter;

/// Accounts
#[derive(Debug, Subcommand)]
pub(crate) enum Account {
    /// List accounts with their balances
    List(ListAccounts),
    /// Show one account
    Show(ShowAccount),
    /// Create an account, or change it: balances in further currencies, another kind or state
    Create(change::CreateAccount),
    /// Allow an account to spend again
    Activate(change::SetAccountState),
    /// Suspend an account: its purchases are declined
    Suspend(change::SetAccountState),
    /// Close an account; final messages are still booked
    Close(change::SetAccountState),
    /// Credit an account with money of the program
    Credit(money::TransferMoney),
    /// Debit an account in favor of the program, at most what is available
    Debit(money::TransferMoney),
    /// Adjust a balance manually, also below zero
    Adjust(money::AdjustBalance),
    /// Write off a negative balance, as a loss of the program
    WriteOff(money::WriteOffDebt),
    /// List the journal lines of an account, newest first
    Entries(entries::ListEntries),
}

impl Account {
    pub(super) async fn run_subcommand(self) -> Result<(), CliError> {
        use holdfast_ledger::book::AccountState::{Active, Closed, Suspended};
        match self {
            Self::List(command) => command.list_accounts().await,
            Self::Show(command) => command.show_account().await,
            Self::Create(command) => command.create_account().await,
            Self::Activate(command) => command.set_state(Active).await,
            Self::Suspend(command) => command.set_state(Suspended).await,
            Self::Close(command) => command.set_state(Closed).await,
            Self::Credit(command) => command.transfer_money(true).await,
            Self::Debit(command) => command.transfer_money(false).await,
            Self::Adjust(command) => command.adjust_balance().await,
            Self::WriteOff(command) => command.write_off_debt().await,
            Self::Entries(command) => command.list_entries().await,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast account list --limit 20")]
pub(crate) struct ListAccounts {
    #[command(flatten)]
    access: StoreAccess,
    /// Maximum number of rows
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: u32,
    /// Continue after this account, the last one of the previous list
    #[arg(long, value_name = "ACCOUNT", value_parser = AccountToken::parse)]
    after: Option<AccountToken>,
}

impl ListAccounts {
    async fn list_accounts(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let filter = AccountFilter {
            after: self.after,
            limit: self.limit,
            ..AccountFilter::default()
        };
        let accounts = store.accounts(&filter).await?;
        let views = accounts
            .iter()
            .map(AccountView::of)
            .collect::<Result<Vec<_>, _>>()?;
        self.access
            .print_result(&views, |views| render_accounts(views))
    }
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast account show alice --json")]
pub(crate) struct ShowAccount {
    #[command(flatten)]
    access: StoreAccess,
    /// The account's token
    #[arg(value_name = "ACCOUNT", value_parser = AccountToken::parse)]
    account: AccountToken,
}

impl ShowAccount {
    async fn show_account(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        print_account(&self.access, &store, &self.account).await
    }
}

/// Prints one account as it is now.
async fn print_account(
    access: &StoreAccess,
    store: &Store,
    account: &AccountToken,
) -> Result<(), CliError> {
    let stored = find_account(store, account).await?;
    access.print_result(&AccountView::of(&stored)?, |view| {
        render_accounts(std::slice::from_ref(view))
    })
}

fn render_accounts(accounts: &[AccountView]) -> String {
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
        let state = json_word(&account.state);
        let marqeta = account.marqeta_state.as_deref().unwrap_or("-");
        let kind = json_word(&account.kind);
        if account.balances.is_empty() {
            table.add_row([
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
            table.add_row([
                token, &state, marqeta, &kind, currency, posted, held, pending, available,
            ]);
        }
    }
    table.render_or("no accounts")
}

/// A state or kind as its JSON text.
fn json_word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or("?").to_owned()
}
