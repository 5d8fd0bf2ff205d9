//! The page "How a purchase is decided", printed from the checks themselves.

use crate::check::Check;
use std::fmt::{self, Write};

const BEGINNING: &str = "\
# How a purchase is decided

An authorization request asks whether a purchase may go through (`POST /jit`); this is how it is decided. This page is
printed by `cargo run -p holdfast-decision --bin how-a-purchase-is-decided` from the checks that the
program makes (`schemas/decision/src/check`).

Two things come first, and nothing is checked after them: a repeated request gets its first response again, and a
request whose transaction has a notification already follows the notification.

Then the checks are made in the order of this page. **The first that refuses decides**; the later ones are not
made. Refusals therefore have the precedence in which they stand here. Every check is kept with the decision,
with what it looked at and how it came out, and so is the version of these rules. The decline reasons are our own; the page
of messages lists Marqeta's name of each (`decline_reason`).

Rules are written for the program, for an account or for a card. Each field of them counts by
itself: the card's rules, else the account's, else the program's. Each channel, currency and score is a field of its
own. A field that no rules set refuses nothing.

Refunds, credits and inquiries are no purchases: the rules and the
authorization controls are not about them.
";

const ENDING: &str = "
## If nothing refuses

The purchase is approved, and the same database transaction holds or debits its amount. A request
that cannot be decided in time is answered as the program's `timeout_policy` says, and is no decision.
";

/// The page, as it stands in `schemas/decision/checks.md`.
#[must_use]
pub fn render_page() -> String {
    let mut page = BEGINNING.to_owned();
    // Writing to a text cannot fail.
    let _ = write_check(&mut page);
    page + ENDING
}

fn write_check(page: &mut String) -> fmt::Result {
    writeln!(page, "\n## The checks in order\n")?;
    for (check, number) in Check::ALL.iter().zip(1..) {
        writeln!(page, "{number}. {}", check.info().title)?;
    }
    for (check, number) in Check::ALL.iter().zip(1..) {
        let info = check.info();
        writeln!(page, "\n## {number}. {}\n\n{}\n", info.title, info.about)?;
        writeln!(page, "| refusal | when | decline reason |\n|---|---|---|")?;
        for refusal in info.refusals {
            let (name, when) = (refusal.name(), refusal.found_when());
            writeln!(
                page,
                "| `{name}` | {when} | `{}` |",
                refusal.decline_reason().name()
            )?;
        }
    }
    Ok(())
}
