//! `holdfast card`.

use super::access::{ReasonedActorArgs, StoreAccess};
use super::error::CliError;
use crate::values;
use clap::{Args, Subcommand};
use holdfast_funding::clock::now;
use holdfast_funding::command::put_card;
use holdfast_funding::view::CardView;
use holdfast_ledger::token::{AccountToken, CardToken};
use holdfast_store::Store;
use holdfast_store::card::{CardChange, CardState};

/// Cards
#[derive(Debug, Subcommand)]
pub(crate) enum Card {
    /// Show a card
    Show(ShowCard),
    /// Register a card to an account, or change its state
    Set(SetCard),
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast card show blue-card")]
pub(crate) struct ShowCard {
    #[command(flatten)]
    access: StoreAccess,
    /// The card's token
    #[arg(value_name = "CARD", value_parser = CardToken::parse)]
    card: CardToken,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast card set blue-card --account alice --state suspended")]
pub(crate) struct SetCard {
    #[command(flatten)]
    access: StoreAccess,
    #[command(flatten)]
    by: ReasonedActorArgs,
    /// The card's token
    #[arg(value_name = "CARD", value_parser = CardToken::parse)]
    card: CardToken,
    /// Its account; optional for a registered card
    #[arg(long, value_name = "ACCOUNT", value_parser = AccountToken::parse)]
    account: Option<AccountToken>,
    /// active, suspended or closed [default: as it is, active for a new card]
    #[arg(long, value_name = "STATE", value_parser = values::parse_card_state)]
    state: Option<CardState>,
}

impl Card {
    pub(super) async fn run_subcommand(self) -> Result<(), CliError> {
        match self {
            Self::Show(command) => {
                let store = command.access.open_store().await?;
                print_card(&command.access, &store, &command.card).await
            }
            Self::Set(command) => command.set_card().await,
        }
    }
}

impl SetCard {
    async fn set_card(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let account = match self.account {
            Some(account) => account,
            None => find_owner(&store, &self.card).await?,
        };
        let which = (&self.card, &account);
        let put = put_card(&store, &self.by.actor(), which, self.state, now()).await?;
        match put.change {
            CardChange::Created | CardChange::Changed => {
                print_card(&self.access, &store, &self.card).await
            }
            CardChange::OfAnother => Err(CliError::Rejected(
                "the card belongs to another account".to_owned(),
            )),
            CardChange::UnknownAccount => Err(CliError::unknown("account", account)),
        }
    }
}

async fn find_owner(store: &Store, card: &CardToken) -> Result<AccountToken, CliError> {
    let row = store.card(card).await?;
    row.and_then(|row| row.account)
        .ok_or_else(|| CliError::unknown("card", card))
}

async fn print_card(access: &StoreAccess, store: &Store, card: &CardToken) -> Result<(), CliError> {
    let row = store
        .card(card)
        .await?
        .ok_or_else(|| CliError::unknown("card", card))?;
    access.print_result(&CardView::from(row), |view| {
        let (state, ours) = (view.state.as_str(), view.operator_state.as_str());
        let marqetas = view.marqeta_state.as_deref().unwrap_or("unknown");
        let token = &view.token;
        match &view.account {
            Some(account) => format!(
                "card {token} of account {account} is {state}: operator state {ours}, Marqeta state {marqetas}"
            ),
            None => format!("card {token} is {state} and not registered: Marqeta state {marqetas}"),
        }
    })
}
