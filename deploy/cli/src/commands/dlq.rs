//! `holdfast dlq`.

use super::access::{ReasonedActorArgs, StoreAccess};
use super::error::CliError;
use super::table::Table;
use clap::{Args, Subcommand};
use holdfast_funding::clock::now;
use holdfast_funding::command;
use holdfast_funding::view::{DeadLetterDetailView, DeadLetterView};
use holdfast_marqeta::Marqeta;
use holdfast_store::Store;

/// Dead letters
#[derive(Debug, Subcommand)]
pub(crate) enum Dlq {
    /// List dead letters, newest first
    List(ListDeadLetters),
    /// Show a dead letter and the item as it was received
    Show(ShowDeadLetter),
    /// Replay dead letters: the workers apply them again
    Replay(ReplayDeadLetters),
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast dlq list --all")]
pub(crate) struct ListDeadLetters {
    #[command(flatten)]
    access: StoreAccess,
    /// Also replayed dead letters
    #[arg(long)]
    all: bool,
    /// Maximum number of rows
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast dlq show 019acb3e-6d1c-7bd4-8f02-6a2a7b1f1c11")]
pub(crate) struct ShowDeadLetter {
    #[command(flatten)]
    access: StoreAccess,
    /// The dead letter's ID
    #[arg(value_name = "ID")]
    id: uuid::Uuid,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  holdfast dlq replay 019acb3e-6d1c-7bd4-8f02-6a2a7b1f1c11
  holdfast dlq replay --all")]
pub(crate) struct ReplayDeadLetters {
    #[command(flatten)]
    access: StoreAccess,
    #[command(flatten)]
    by: ReasonedActorArgs,
    /// IDs of dead letters
    #[arg(
        value_name = "ID",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    ids: Vec<uuid::Uuid>,
    /// All that are not replayed
    #[arg(long)]
    all: bool,
}

/// Dead letters read at a time.
const PAGE: u32 = 500;

impl Dlq {
    pub(super) async fn run_subcommand(self) -> Result<(), CliError> {
        match self {
            Self::List(command) => command.list_dead_letters().await,
            Self::Show(command) => command.show_dead_letter().await,
            Self::Replay(command) => command.replay_dead_letters().await,
        }
    }
}

impl ListDeadLetters {
    async fn list_dead_letters(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let letters = store.dead_letters(!self.all, None, self.limit).await?;
        let views: Vec<DeadLetterView> = letters.into_iter().map(Into::into).collect();
        self.access
            .print_result(&views, |views| render_dead_letters(views))
    }
}

impl ShowDeadLetter {
    async fn show_dead_letter(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let detail = store.dead_letter(self.id).await?;
        let detail = detail.ok_or_else(|| CliError::unknown("dead letter", self.id))?;
        let view = DeadLetterDetailView::from(detail);
        let indented = serde_json::to_string_pretty(&view)?;
        self.access.print_result(&view, |_| indented)
    }
}

impl ReplayDeadLetters {
    async fn replay_dead_letters(self) -> Result<(), CliError> {
        let store = self.access.open_store().await?;
        let ids = if self.all {
            read_open_ids(&store).await?
        } else {
            self.ids
        };
        let mut replayed = Vec::new();
        for id in ids {
            let letter = command::replay(&store, &Marqeta, &self.by.actor(), id, now()).await?;
            replayed.push(DeadLetterView::from(letter));
        }
        self.access
            .print_result(&replayed, |views| render_dead_letters(views))
    }
}

async fn read_open_ids(store: &Store) -> Result<Vec<uuid::Uuid>, CliError> {
    let mut ids: Vec<uuid::Uuid> = Vec::new();
    loop {
        let page = store.dead_letters(true, ids.last().copied(), PAGE).await?;
        if page.is_empty() {
            return Ok(ids);
        }
        ids.extend(page.iter().map(|letter| letter.id));
    }
}

fn render_dead_letters(letters: &[DeadLetterView]) -> String {
    let headings = [
        "id",
        "parked",
        "topic",
        "key",
        "transaction",
        "state",
        "replayed",
        "error",
    ];
    let mut table = Table::new(&headings, &[]);
    for letter in letters {
        let id = letter.id.to_string();
        table.add_row([
            &id,
            &letter.parked_at,
            &letter.topic,
            &letter.key,
            letter.transaction.as_deref().unwrap_or("-"),
            letter.state.as_deref().unwrap_or("-"),
            letter.replayed_at.as_deref().unwrap_or("-"),
            &letter.error,
        ]);
    }
    table.render_or("no dead letters")
}
