//! What sources look like: small files that say what they are for, and no float near money.

use crate::sources::{Source, all};

const LINES_MAX: usize = 300;
/// Where money is: no binary float may come near.
const MONEY: [&str; 6] = [
    "schemas/ledger/",
    "schemas/marqeta/",
    "schemas/store/",
    "schemas/decision/",
    "schemas/funding/",
    "front/src/decision_queue/",
];
/// Written in two parts, so that this file does not find itself.
const OPEN_WORK: [&str; 4] = [
    concat!("FIX", "ME"),
    concat!("XX", "X"),
    concat!("to", "do!"),
    concat!("unimple", "mented!"),
];

fn offenders(of: &[Source], is_one: impl Fn(&Source) -> bool) -> Vec<String> {
    of.iter()
        .filter(|source| is_one(source))
        .map(|source| source.path.clone())
        .collect()
}

/// The words of a text that could be names of types or macros.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '!'))
}

fn has_float(source: &Source) -> bool {
    source
        .code()
        .any(|line| words(line).any(|word| word == "f32" || word == "f64"))
}

fn has_open_work(source: &Source) -> bool {
    words(&source.text).any(|word| OPEN_WORK.contains(&word))
}

fn says_what_it_is_for(source: &Source) -> bool {
    source
        .text
        .lines()
        .next()
        .is_some_and(|line| line.starts_with("//! ") && line.len() > 8)
}

#[test]
fn no_float_comes_near_money() {
    let sources = all("rs");
    let money: Vec<Source> = sources
        .into_iter()
        .filter(|source| MONEY.iter().any(|folder| source.path.starts_with(folder)))
        .collect();
    assert!(!money.is_empty());
    assert_eq!(offenders(&money, has_float), Vec::<String>::new());
}

#[test]
fn every_module_is_a_file_named_after_it() {
    let sources = all("rs");
    assert_eq!(
        offenders(&sources, |source| source.path.ends_with("/mod.rs")),
        Vec::<String>::new()
    );
}

#[test]
fn every_file_says_what_it_is_for() {
    assert_eq!(
        offenders(&all("rs"), |source| !says_what_it_is_for(source)),
        Vec::<String>::new()
    );
}

#[test]
fn no_open_work_is_left() {
    let mut sources = all("rs");
    sources.extend(all("sql"));
    assert_eq!(offenders(&sources, has_open_work), Vec::<String>::new());
}

#[test]
fn no_file_grows_beyond_three_hundred_lines() {
    let long = |source: &Source| source.text.lines().count() > LINES_MAX;
    assert_eq!(offenders(&all("rs"), long), Vec::<String>::new());
}

#[test]
fn every_statement_is_used() {
    let sources = all("rs");
    let unused: Vec<String> = all("sql")
        .into_iter()
        .filter(|sql| sql.path.starts_with("schemas/store/"))
        .filter_map(|sql| {
            sql.path
                .rsplit_once('/')
                .map(|(_, name)| format!("/{name}\""))
        })
        .filter(|name| {
            !sources
                .iter()
                .any(|source| source.text.contains(name.as_str()))
        })
        .collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn each_rule_finds_its_offender() {
    let source = |text: &str| Source {
        path: "a.rs".to_owned(),
        text: text.to_owned(),
    };
    assert!(has_float(&source("//! A.\nlet x: f64 = 1.0;")));
    assert!(!has_float(&source("//! No f64 here.\nlet not_f64 = 1;")));
    assert!(has_open_work(&source(&format!(
        "//! A.\n{}()",
        OPEN_WORK[2]
    ))));
    assert!(!says_what_it_is_for(&source("use std::fmt;")));
    assert!(says_what_it_is_for(&source("//! Amounts.\nuse std::fmt;")));
}
