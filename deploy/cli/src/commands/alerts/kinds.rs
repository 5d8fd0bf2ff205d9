//! `holdfast alerts kinds`: the table of kinds, as the processes use it.

use super::super::access::print_text;
use super::super::error::CliError;
use super::text::wrap_text;
use clap::Args;
use holdfast_ledger::alert::{self, AlertKind};
use serde_json::json;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast alerts kinds")]
pub(super) struct ListKinds {
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print the page of the documentation
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
}

impl ListKinds {
    pub(super) fn list_kinds(self) -> Result<(), CliError> {
        if self.markdown {
            return print_text(&alert::page());
        }
        if self.json {
            let kinds: Vec<_> = AlertKind::ALL.iter().copied().map(kind_json).collect();
            return print_text(&serde_json::to_string_pretty(&kinds)?);
        }
        let kinds: Vec<String> = AlertKind::ALL.iter().copied().map(render_kind).collect();
        print_text(&kinds.join("\n\n"))
    }
}

fn kind_json(kind: AlertKind) -> serde_json::Value {
    json!({
        "kind": kind,
        "severity": kind.severity(),
        "about": kind.about(),
        "advice": kind.advice(),
    })
}

fn render_kind(kind: AlertKind) -> String {
    let (severity, about, advice) = (kind.severity().as_str(), kind.about(), kind.advice());
    format!(
        "{kind} ({severity})\n{}\n{}",
        wrap_text(about),
        wrap_text(advice)
    )
}
