//! Journal events, alerts and dead letters are each built in one place, so that topic, code, subject, counter and log
//! line always agree.

use crate::sources::{Source, product};

/// What is built, where it is built, and a line that a value of it begins with. `Event` and `DeadLetter` are names of
/// other things as well, so only files that import the journal's and the topics' are looked at.
const BUILDERS: [(&str, &str, &str); 3] = [
    (
        "NewAlert",
        "use holdfast_store::alert::",
        "schemas/funding/src/alerts.rs",
    ),
    (
        "Event",
        "use holdfast_store::journal::",
        "schemas/funding/src/journal.rs",
    ),
    (
        "DeadLetter",
        "use holdfast_events::",
        "schemas/funding/src/dead_letter.rs",
    ),
];

/// Does the source build a value of this type, as in `let letter = DeadLetter {`?
fn builds(source: &Source, name: &str) -> bool {
    let literal = format!("{name} {{");
    let product = source.text.split("#[cfg(test)]").next().unwrap_or_default();
    product.lines().any(|line| {
        let before = line.trim().strip_suffix(literal.as_str());
        before.is_some_and(|before| {
            let is_type = before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
            let is_declared = ["-> ", "struct ", "impl ", "enum ", "for "]
                .iter()
                .any(|word| before.ends_with(word));
            !is_type && !is_declared
        })
    })
}

#[test]
fn events_alerts_and_dead_letters_have_one_builder_each() {
    for (name, import, place) in BUILDERS {
        let sources = product(&["schemas", "front", "workers"]).into_iter();
        let builders: Vec<String> = sources
            .filter(|source| source.text.contains(import) && builds(source, name))
            .map(|source| source.path)
            .collect();
        assert_eq!(builders, [place], "{name}");
    }
}
