//! `holdfast dlq`.

use super::access::{Access, By};
use super::error::CliError;
use super::table::Table;
use clap::{Args, Subcommand};
use holdfast_funding::clock::now;
use holdfast_funding::command;
use holdfast_funding::view::{DeadLetterDetailView, DeadLetterView};
use holdfast_marqeta::Marqeta;
use holdfast_store::Store;

/// What could not be applied
#[derive(Debug, Subcommand)]
pub(crate) enum Dlq {
    /// List dead letters, newest first
    List(List),
    /// Show a dead letter and the item as it came
    Show(Show),
    /// Let dead letters be applied again; the workers do it
    Replay(Replay),
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast dlq list --all")]
pub(crate) struct List {
    #[command(flatten)]
    access: Access,
    /// Also those that were replayed
    #[arg(long)]
    all: bool,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast dlq show 019acb3e-6d1c-7bd4-8f02-6a2a7b1f1c11")]
pub(crate) struct Show {
    #[command(flatten)]
    access: Access,
    /// The dead letter's name
    #[arg(value_name = "ID")]
    id: uuid::Uuid,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  holdfast dlq replay 019acb3e-6d1c-7bd4-8f02-6a2a7b1f1c11
  holdfast dlq replay --all")]
pub(crate) struct Replay {
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    by: By,
    /// Names of dead letters
    #[arg(
        value_name = "ID",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    ids: Vec<uuid::Uuid>,
    /// All that nobody has replayed
    #[arg(long)]
    all: bool,
}

/// Dead letters looked at at once.
const PAGE: u32 = 500;

impl Dlq {
    pub(super) async fn run(self) -> Result<(), CliError> {
        match self {
            Self::List(command) => command.run().await,
            Self::Show(command) => command.run().await,
            Self::Replay(command) => command.run().await,
        }
    }
}

impl List {
    async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let letters = store.dead_letters(!self.all, None, self.limit).await?;
        let views: Vec<DeadLetterView> = letters.into_iter().map(Into::into).collect();
        self.access.print(&views, |views| text(views))
    }
}

impl Show {
    async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let detail = store.dead_letter(self.id).await?;
        let detail = detail.ok_or_else(|| CliError::unknown("dead letter", self.id))?;
        let view = DeadLetterDetailView::from(detail);
        let indented = serde_json::to_string_pretty(&view)?;
        self.access.print(&view, |_| indented)
    }
}

impl Replay {
    async fn run(self) -> Result<(), CliError> {
        let store = self.access.open().await?;
        let ids = if self.all {
            open(&store).await?
        } else {
            self.ids
        };
        let mut replayed = Vec::new();
        for id in ids {
            let letter = command::replay(&store, &Marqeta, &self.by.actor(), id, now()).await?;
            replayed.push(DeadLetterView::from(letter));
        }
        self.access.print(&replayed, |views| text(views))
    }
}

async fn open(store: &Store) -> Result<Vec<uuid::Uuid>, CliError> {
    let mut ids: Vec<uuid::Uuid> = Vec::new();
    loop {
        let page = store.dead_letters(true, ids.last().copied(), PAGE).await?;
        if page.is_empty() {
            return Ok(ids);
        }
        ids.extend(page.iter().map(|letter| letter.id));
    }
}

fn text(letters: &[DeadLetterView]) -> String {
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
        table.row([
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
    table.text("no dead letters")
}
