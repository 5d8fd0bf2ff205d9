//! The kinds of alert as a page of the documentation, for people who work through alerts.

use super::AlertKind;
use std::fmt::Write;

const BEGINNING: &str = "\
# Alerts

Every kind of alert, what happened and what to do about it. This page is printed by
`holdfast alerts kinds --markdown` from the table that the program itself uses
(`schemas/ledger/src/alert.rs`).

`holdfast alerts` and `GET /api/v1/alerts` list the alerts that are not acknowledged. Each one also says which
account and transaction it is about, and which amount was expected and which was booked.
The books follow the message all the same, unless the kind says otherwise.

- **critical**: money is at stake, or is not booked; review it today.
- **warning**: money may be at stake; review it within days.
- **info**: worth knowing; the books are right.

| alert | severity | what happened | what to do |
|---|---|---|---|
";

/// The page, as it stands in `schemas/alerts.md`.
#[must_use]
pub fn page() -> String {
    let mut page = BEGINNING.to_owned();
    for kind in AlertKind::ALL {
        let (severity, about, advice) = (kind.severity().as_str(), kind.about(), kind.advice());
        // Writing to a text cannot fail.
        let _ = writeln!(page, "| `{kind}` | {severity} | {about} | {advice} |");
    }
    page
}

#[cfg(test)]
mod tests {
    use super::page;
    use std::path::Path;

    #[test]
    fn the_page_of_alerts_is_up_to_date() {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../alerts.md");
        let stored = std::fs::read_to_string(file).unwrap();
        assert!(
            stored == page(),
            "schemas/alerts.md is out of date: write it again with holdfast alerts kinds --markdown"
        );
    }
}
