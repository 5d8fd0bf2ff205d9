//! `holdfast card`.

use super::access::Access;
use super::error::CliError;
use super::values;
use clap::{Args, Subcommand};
use holdfast_funding::view::CardView;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_store::Store;
use holdfast_store::card::{CardChange, CardState};

/// Cards
#[derive(Debug, Subcommand)]
pub(crate) enum Card {
    /// Show a card
    Show(Show),
    /// Register a card to an account, or change its state
    Set(Set),
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast card show blue-card")]
pub(crate) struct Show {
    #[command(flatten)]
    access: Access,
    /// The card's token
    #[arg(value_name = "CARD", value_parser = values::card)]
    card: CardToken,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast card set blue-card --account alice --state suspended")]
pub(crate) struct Set {
    #[command(flatten)]
    access: Access,
    /// The card's token
    #[arg(value_name = "CARD", value_parser = values::card)]
    card: CardToken,
    /// Its account; may be left out for a card that is known
    #[arg(long, value_name = "ACCOUNT", value_parser = values::account)]
    account: Option<AccountToken>,
    /// active, suspended or closed [default: as it is, active for a new card]
    #[arg(long, value_name = "STATE", value_parser = values::card_state)]
    state: Option<CardState>,
}

impl Card {
    pub(super) async fn run(self) -> Result<(), CliError> {
        match self {
            Self::Show(command) => {
                let store = command.access.open().await?;
                show(&command.access, &store, &command.card).await
            }
            Self::Set(command) => command.run().await,
        }
    }
}

impl Set {
    async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let account = match self.account {
            Some(account) => account,
            None => known(&store, &self.card).await?,
        };
        match store.put_card(&self.card, &account, self.state).await? {
            CardChange::Created | CardChange::Changed => {
                show(&self.access, &store, &self.card).await
            }
            CardChange::OfAnother => Err(CliError::Rejected(
                "the card belongs to another account".to_owned(),
            )),
            CardChange::UnknownAccount => Err(CliError::unknown("account", account)),
        }
    }
}

async fn known(store: &Store, card: &CardToken) -> Result<AccountToken, CliError> {
    let row = store.card(card).await?;
    row.and_then(|row| row.account)
        .ok_or_else(|| CliError::unknown("card", card))
}

async fn show(access: &Access, store: &Store, card: &CardToken) -> Result<(), CliError> {
    let row = store
        .card(card)
        .await?
        .ok_or_else(|| CliError::unknown("card", card))?;
    access.print(&CardView::from(row), |view| {
        let (state, ours) = (view.state.as_str(), view.operator_state.as_str());
        let marqetas = view.marqeta_state.as_deref().unwrap_or("nothing yet");
        let token = &view.token;
        match &view.account {
            Some(account) => format!(
                "{token} of {account} is {state}: the operator says {ours}, Marqeta {marqetas}"
            ),
            None => format!("{token} is {state} and not registered: Marqeta says {marqetas}"),
        }
    })
}
