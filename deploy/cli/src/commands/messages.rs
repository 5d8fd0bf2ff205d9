//! `holdfast messages`: the table of transaction types, as the program goes by it.

use super::access::print;
use super::error::CliError;
use super::table::Table;
use clap::Args;
use holdfast_marqeta::catalog::{self, Evidence, TypeEntry};
use serde::Serialize;

/// Every message that Marqeta sends, and what is made of it
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  holdfast messages\n  holdfast messages authorization.advice")]
pub(crate) struct Messages {
    /// Only types whose name contains this
    #[arg(value_name = "TYPE")]
    like: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print the page of the documentation
    #[arg(long, conflicts_with_all = ["json", "like"])]
    markdown: bool,
}

/// One row.
#[derive(Serialize)]
struct MessageView {
    #[serde(rename = "type")]
    transaction_type: String,
    about: &'static str,
    asked: bool,
    state: &'static str,
    methods: Vec<&'static str>,
    order: &'static str,
    fact: &'static str,
    topic: &'static str,
    books: &'static str,
    established: bool,
}

impl MessageView {
    fn of(row: &TypeEntry) -> Self {
        Self {
            transaction_type: row.pattern.to_string(),
            about: row.about,
            asked: row.is_actionable,
            state: row.template.states(),
            methods: row.methods().map(|method| method.name).collect(),
            order: row.way.as_str(),
            fact: row.template.as_str(),
            topic: row.topic().name(),
            books: row.template.books(),
            established: row.evidence == Evidence::Established,
        }
    }
}

impl Messages {
    pub(super) fn run(self) -> Result<(), CliError> {
        if self.markdown {
            return print(catalog::page().trim_end());
        }
        let like = self.like.as_deref().unwrap_or_default();
        let rows: Vec<MessageView> = catalog::types()
            .map(MessageView::of)
            .filter(|row| row.transaction_type.contains(like))
            .collect();
        if self.json {
            return print(&serde_json::to_string_pretty(&rows)?);
        }
        print(&text(&rows))
    }
}

fn text(rows: &[MessageView]) -> String {
    let headings = ["type", "asked", "state", "topic", "books", "what it tells"];
    let mut table = Table::new(&headings, &[]);
    for row in rows {
        table.row([
            &row.transaction_type,
            if row.asked { "yes" } else { "" },
            row.state,
            row.topic,
            row.books,
            row.about,
        ]);
    }
    table.text("no such type: it would be stored, alerted and not booked")
}
