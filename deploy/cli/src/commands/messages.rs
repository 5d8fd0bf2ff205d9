//! `holdfast messages`: the table of transaction types, as the processes use it.

use super::access::print_text;
use super::error::CliError;
use super::table::Table;
use clap::Args;
use holdfast_marqeta::catalog::{self, Evidence, TypeEntry};
use serde::Serialize;

/// List the types of messages that Marqeta sends, and how each is booked
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  holdfast messages\n  holdfast messages authorization.advice")]
pub(crate) struct ListMessages {
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
struct MessageTypeView {
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

impl MessageTypeView {
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

impl ListMessages {
    pub(super) fn list_messages(self) -> Result<(), CliError> {
        if self.markdown {
            return print_text(catalog::page().trim_end());
        }
        let like = self.like.as_deref().unwrap_or_default();
        let rows: Vec<MessageTypeView> = catalog::types()
            .map(MessageTypeView::of)
            .filter(|row| row.transaction_type.contains(like))
            .collect();
        if self.json {
            return print_text(&serde_json::to_string_pretty(&rows)?);
        }
        print_text(&render_messages(&rows))
    }
}

fn render_messages(rows: &[MessageTypeView]) -> String {
    let headings = ["type", "request", "state", "topic", "books", "meaning"];
    let mut table = Table::new(&headings, &[]);
    for row in rows {
        table.add_row([
            &row.transaction_type,
            if row.asked { "yes" } else { "" },
            row.state,
            row.topic,
            row.books,
            row.about,
        ]);
    }
    table.render_or("no such type: a message of it is stored and alerted, and not booked")
}
