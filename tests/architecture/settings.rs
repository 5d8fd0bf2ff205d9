//! `deploy/settings.md` explains every setting that the code reads, and no other; so does the contract of the
//! private API for the program's settings.

use crate::sources::{ROOT, between, code, file, product, row_names};
use holdfast_store::program::ProgramSettings;
use std::collections::BTreeSet;

const PAGE: &str = "deploy/settings.md";
const PROGRAM: &str = "\n## Program settings\n";

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

/// Variables of ours that a source declares as a setting, or reads by itself.
fn variables(code: &str) -> BTreeSet<String> {
    let opened = |open: &str| {
        let after = code.split(open).skip(1);
        let name = |rest: &str| rest.split('"').next().unwrap_or_default().to_owned();
        after.map(name).collect::<Vec<String>>()
    };
    let found = [opened("env = \""), opened("var_os(\"")].concat();
    found
        .into_iter()
        .filter(|name| name.starts_with("HOLDFAST_") && !name.starts_with("HOLDFAST_TEST_"))
        .collect()
}

#[test]
fn the_page_explains_every_variable_and_no_other() {
    let page = file(PAGE);
    let (processes, _) = page.split_once(PROGRAM).unwrap();
    let sources = product(&["front/src/", "workers/src/", "schemas/", "deploy/"]);
    let read: BTreeSet<String> = sources.iter().flat_map(|s| variables(&code(s))).collect();
    assert!(read.len() > 20, "{read:?}");
    let explained = row_names(processes);
    let explained = explained.into_iter().filter(|name| !name.starts_with("--"));
    assert_eq!(explained.collect::<BTreeSet<_>>(), read);
}

/// A setting that is missing in the list of known variables would stop every program.
#[test]
fn every_setting_is_a_known_variable_and_no_other_is() {
    let sources = product(&["front/src/", "workers/src/", "schemas/", "deploy/"]);
    let read: BTreeSet<String> = sources.iter().flat_map(|s| variables(&code(s))).collect();
    let known = holdfast_runtime::settings::SETTINGS.map(str::to_owned);
    assert_eq!(BTreeSet::from(known), read);
}

#[test]
fn the_page_explains_every_program_setting_and_no_other() {
    assert_eq!(row_names(&part(&file(PAGE), PROGRAM, "\n## ")), known());
}

/// What is handed to containers and written in commands must be a setting that exists.
#[test]
fn deployments_set_variables_that_the_page_explains() {
    let explained = row_names(&file(PAGE));
    let mut unknown = Vec::new();
    for folder in ["deploy", "deploy/kubernetes"] {
        for entry in std::fs::read_dir(format!("{ROOT}/{folder}")).unwrap() {
            let path = entry.unwrap().path();
            let Ok(text) = std::fs::read_to_string(&path) else {
                continue;
            };
            let words = text.split(|c: char| !(c.is_ascii_uppercase() || c == '_'));
            let ours = words.filter(|word| word.starts_with("HOLDFAST_") && !word.ends_with('_'));
            let names = ours.map(|word| word.trim_end_matches("_FILE").to_owned());
            unknown.extend(names.filter(|name| !explained.contains(name)));
        }
    }
    assert_eq!(unknown, Vec::<String>::new());
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

#[test]
fn names_are_found_in_code_and_pages() {
    let code = "env = \"HOLDFAST_A\",\nenv = \"USER\"\nvar_os(\"HOLDFAST_B\")\nvar_os(\"HOLDFAST_TEST_C\")";
    let names = ["HOLDFAST_A", "HOLDFAST_B"].map(str::to_owned);
    assert_eq!(variables(code), BTreeSet::from(names));
    let rows = row_names("| setting | x |\n|---|---|\n| `a` | `1` |\ntext `c`\n| `b`, later | |");
    assert_eq!(rows, BTreeSet::from(["a", "b"].map(str::to_owned)));
    assert_eq!(between("(a) (b)", "(", ")"), Some("a"));
}
