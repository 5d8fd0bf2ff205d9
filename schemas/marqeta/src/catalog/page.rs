//! The table as a page of the documentation, for people from payments operations.

use super::{CHAPTERS, Evidence, Template, TypeEntry, methods, movement};
use crate::response::reason_text;
use holdfast_decision::DeclineReason;
use holdfast_ledger::fact::State;
use std::fmt::{self, Write};

const BEGINNING: &str = "\
# Messages

Every type of transaction that Marqeta sends, and what Holdfast makes of it. This page is printed by
`holdfast messages --markdown` from the table that the program itself goes by
(`schemas/marqeta/src/catalog`).

How to read a row:

- **request**: Marqeta sends an authorization request first and waits for the response (`POST /jit`); the notification
  follows (`POST /webhooks`). All other messages are notifications only.
- **state**: the state of a message that went well; bold where its money is final. A message in state DECLINED or ERROR never happened:
  what was held or credited for it is taken back. An unknown state books nothing and alerts.
- **order**: where the JIT block stands: `load` is `gpa_order` (money for a purchase), `unload` is
  `gpa_order_unload` (money that comes back).
- **topic**: where the accepted notification is published; one that failed goes to `jit.reversals.v1`.
- **books**: what happens to the account: `posted` is the money on the account, `held` is reserved,
  `available = posted - held`. The amount is the JIT block's where there is one (the part that this account
  pays), else the message's. Messages may come in any order and any number of times: the end is the same.
- **(I)**: not established by Marqeta's documentation; the closest sensible reading.

A type that is not here is stored, alerts (`unknown_type`) and books nothing. The JIT method matters only
where it says more than the type: `pgfs.force_capture` on a clearing without a link to an authorization; and
on a request whose type is unknown. A request with an unknown method is declined and alerts.
A credit or a dispute without a JIT block is Marqeta's own balance's: it alerts (`credit_without_jit`) and
is not booked, unless the program's setting `book_credits_without_jit` says so.
";

/// The page, as it stands in `schemas/messages.md`.
#[must_use]
pub fn page() -> String {
    let mut page = BEGINNING.to_owned();
    // Writing to a text cannot fail.
    let _ = write_page(&mut page);
    page
}

fn write_page(page: &mut String) -> fmt::Result {
    for (title, rows) in CHAPTERS {
        writeln!(page, "\n## {title}\n")?;
        writeln!(
            page,
            "| type | meaning | request | state | methods | order | fact | topic | books |"
        )?;
        writeln!(page, "|---|---|---|---|---|---|---|---|---|")?;
        for row in *rows {
            writeln!(page, "{}", type_line(row))?;
        }
    }
    write_movements(page)?;
    writeln!(page, "\n## Methods\n")?;
    writeln!(page, "| method | request | order | fact |")?;
    writeln!(page, "|---|---|---|---|")?;
    for method in methods() {
        let asked = if method.is_actionable { "yes" } else { "" };
        let (name, way) = (method.name, method.way.as_str());
        let fact = method.template.as_str();
        let mark = evidence_mark(method.evidence);
        writeln!(page, "| `{name}`{mark} | {asked} | {way} | {fact} |")?;
    }
    write_decline_reasons(page)
}

fn write_decline_reasons(page: &mut String) -> fmt::Result {
    writeln!(page, "\n## Decline reasons\n")?;
    writeln!(page, "| our decline reason | Marqeta's `decline_reason` |")?;
    writeln!(page, "|---|---|")?;
    for reason in DeclineReason::ALL.iter().copied() {
        writeln!(page, "| `{}` | `{}` |", reason.name(), reason_text(reason))?;
    }
    Ok(())
}

/// The facts, each once, in the order in which the types come.
fn list_facts() -> Vec<Template> {
    let mut facts: Vec<Template> = Vec::new();
    for row in super::types() {
        if !facts.contains(&row.template) {
            facts.push(row.template);
        }
    }
    facts
}

const MOVEMENTS: &str = "
## What each state moves

The customer's balances, for a message that follows what it is a follow-up of and that we had not approved
before; credits and disputes with a JIT block. DECLINED, ERROR and states that are not known move nothing. Final
money moves in the state that Marqeta documents as final for the type, and in no other; a state that is neither
final nor PENDING alerts (`not_final`) where money was to be posted.
";

fn write_movements(page: &mut String) -> fmt::Result {
    writeln!(page, "{MOVEMENTS}")?;
    writeln!(page, "| fact | PENDING | CLEARED | COMPLETION |")?;
    writeln!(page, "|---|---|---|---|")?;
    for fact in list_facts() {
        let cells = [State::Pending, State::Cleared, State::Completion]
            .map(|state| movement(fact, &state).text());
        writeln!(page, "| {} | {} |", fact.as_str(), cells.join(" | "))?;
    }
    Ok(())
}

fn type_line(row: &TypeEntry) -> String {
    let methods: Vec<String> = row
        .methods()
        .map(|method| format!("`{}`", method.name))
        .collect();
    let cells = [
        format!("`{}`{}", row.pattern, evidence_mark(row.evidence)),
        row.about.to_owned(),
        if row.is_actionable { "yes" } else { "" }.to_owned(),
        state_list(row),
        methods.join(", "),
        row.way.as_str().to_owned(),
        row.template.as_str().to_owned(),
        row.topic().name().to_owned(),
        row.template.books().to_owned(),
    ];
    format!("| {} |", cells.join(" | "))
}

/// The usual states, the final ones of money in bold.
fn state_list(row: &TypeEntry) -> String {
    let finals = row.final_states();
    let mark = |name: &str| match finals.iter().any(|state| state.as_str() == name) {
        true => format!("**{name}**"),
        false => name.to_owned(),
    };
    let states = row.template.states().split(", ").map(mark);
    states.collect::<Vec<_>>().join(", ")
}

fn evidence_mark(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Established => "",
        Evidence::Inferred => " (I)",
    }
}
