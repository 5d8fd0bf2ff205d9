//! `holdfast alerts kinds`: the table of kinds, as the program itself uses it.

use super::super::access::print;
use super::super::error::CliError;
use super::text::wrap;
use clap::Args;
use holdfast_ledger::alert::{self, AlertKind};
use serde_json::json;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  holdfast alerts kinds")]
pub(super) struct Kinds {
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Print the page of the documentation
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
}

impl Kinds {
    pub(super) fn run(self) -> Result<(), CliError> {
        if self.markdown {
            return print(&alert::page());
        }
        if self.json {
            let kinds: Vec<_> = AlertKind::ALL.iter().copied().map(kind_json).collect();
            return print(&serde_json::to_string_pretty(&kinds)?);
        }
        let kinds: Vec<String> = AlertKind::ALL.iter().copied().map(render_kind).collect();
        print(&kinds.join("\n\n"))
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
    format!("{kind} ({severity})\n{}\n{}", wrap(about), wrap(advice))
}
