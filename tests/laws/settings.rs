//! The program's settings are told: in the README and in the contract of the private API, each, and no other.

use crate::sources::ROOT;
use holdfast_store::program::ProgramSettings;
use std::collections::BTreeSet;

fn file(path: &str) -> String {
    std::fs::read_to_string(format!("{ROOT}/{path}")).unwrap()
}

/// The part of a text between two lines.
fn part(text: &str, from: &str, to: &str) -> String {
    let (_, rest) = text.split_once(from).unwrap_or(("", ""));
    rest.split_once(to)
        .map_or(rest, |(part, _)| part)
        .to_owned()
}

fn known() -> BTreeSet<String> {
    let settings = serde_json::to_value(ProgramSettings::default()).unwrap();
    settings.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn every_setting_stands_in_the_readme_and_no_other() {
    let told = part(&file("README.md"), "\n## Program settings\n", "\n## ");
    let named = told
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|line| line.split_once('`'))
        .map(|(name, _)| name.to_owned());
    assert_eq!(named.collect::<BTreeSet<_>>(), known());
}

#[test]
fn every_setting_stands_in_the_contract_and_no_other() {
    let yaml = file("schemas/openapi.yaml");
    let required = part(&yaml, "\n    Program:\n", "\n    ProgramChange:\n");
    let required = required
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- "))
        .filter(|name| !name.contains([' ', ':']))
        .map(str::to_owned);
    assert_eq!(required.collect::<BTreeSet<_>>(), known());
    let change = part(&yaml, "\n    ProgramChange:\n", "\n\n");
    let properties = change
        .lines()
        .filter_map(|line| line.strip_prefix("        "))
        .filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_once(':'))
        .map(|(name, _)| name.to_owned());
    assert_eq!(properties.collect::<BTreeSet<_>>(), known());
}
