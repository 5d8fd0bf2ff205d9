//! Pages name files, functions and crates that exist.

use crate::arrows::ARROWS;
use crate::sources::{ROOT, between, file};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const ARCHITECTURE: &str = "schemas/architecture.md";
/// Pages whose file names count from the root of the repository.
const PAGES: [&str; 5] = [
    "README.md",
    ARCHITECTURE,
    ".github/CHANGELOG.md",
    ".github/CONTRIBUTING.md",
    ".github/SECURITY.md",
];
/// Pages of which only the links are checked.
const LINKED: [&str; 3] = [
    "deploy/README.md",
    "deploy/metrics.md",
    "deploy/settings.md",
];
/// What a name of a file ends with.
const ENDINGS: [&str; 6] = [".rs", ".sql", ".md", ".yaml", ".json", ".toml"];

/// The lines of a page outside its blocks of code.
fn prose(page: &str) -> impl Iterator<Item = &str> {
    let mut is_block = false;
    page.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        is_block ^= is_fence;
        !is_block && !is_fence
    })
}

/// The pieces of code in a line, each with the text that follows it.
fn code_pieces(line: &str) -> Vec<(&str, &str)> {
    let parts: Vec<&str> = line.split('`').collect();
    let pieces = parts.iter().skip(1).step_by(2);
    let followed = parts.iter().skip(2).step_by(2);
    pieces.copied().zip(followed.copied()).collect()
}

/// Is the piece of code the name of one file? `…/*.scenario` and `<name>.rs` stand for several.
fn is_file(piece: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    ENDINGS.iter().any(|ending| piece.ends_with(ending)) && piece.chars().all(plain)
}

/// Files that a page names, each with the functions named right after it: `` `a.rs`: `one`, `two` ``.
fn named(page: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut named: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for line in prose(page) {
        let mut file = None;
        for (piece, after) in code_pieces(line) {
            if is_file(piece) {
                named.entry(piece).or_default();
                file = (after == ": ").then_some(piece);
            } else if let Some(of) = file {
                named.entry(of).or_default().insert(piece);
                file = (after == ", ").then_some(of);
            }
        }
    }
    named
}

fn has_function(code: &str, function: &str) -> bool {
    let named = format!("fn {function}");
    let mut after = code.split(named.as_str()).skip(1);
    after.any(|rest| rest.starts_with(['(', '<']))
}

/// What a page names and the repository lacks.
fn missing(page: &str, read: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut missing = Vec::new();
    for (path, functions) in named(page) {
        let Some(text) = read(path) else {
            missing.push(path.to_owned());
            continue;
        };
        let unknown = functions
            .into_iter()
            .filter(|name| !has_function(&text, name));
        missing.extend(unknown.map(|name| format!("{path}: {name}")));
    }
    missing
}

/// The targets of a page's links within the repository.
fn links(page: &str) -> Vec<&str> {
    let targets = prose(page).flat_map(|line| line.split("](").skip(1));
    let paths = targets.filter_map(|rest| rest.split([')', '#']).next());
    paths
        .filter(|path| !path.is_empty() && !path.contains("://"))
        .collect()
}

#[test]
fn every_file_and_function_that_a_page_names_exists() {
    let read = |path: &str| std::fs::read_to_string(format!("{ROOT}/{path}")).ok();
    for page in PAGES {
        assert_eq!(missing(&file(page), read), Vec::<String>::new(), "{page}");
    }
}

#[test]
fn every_link_of_a_page_leads_to_a_file() {
    for page in PAGES.into_iter().chain(LINKED) {
        let folder = Path::new(ROOT).join(page);
        let folder = folder.parent().unwrap();
        let text = file(page);
        let broken: Vec<&str> = links(&text)
            .into_iter()
            .filter(|path| !folder.join(path).exists())
            .collect();
        assert_eq!(broken, Vec::<&str>::new(), "{page}");
    }
}

#[test]
fn the_walk_throughs_name_a_function_at_each_step() {
    let page = file(ARCHITECTURE);
    let is_step = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit());
    let steps: Vec<&str> = prose(&page).filter(is_step).collect();
    assert!(steps.len() > 20, "{steps:?}");
    let without = |step: &&&str| named(step).values().all(BTreeSet::is_empty);
    assert_eq!(
        steps.iter().filter(without).collect::<Vec<_>>(),
        Vec::<&&str>::new()
    );
}

/// Rows: crate, folder, what it may use, what it is for.
#[test]
fn the_table_of_crates_is_that_of_the_arrows() {
    let page = file(ARCHITECTURE);
    let rows = page.lines().filter(|line| line.starts_with("| `holdfast"));
    let cells = rows.map(|row| row.split('|').map(str::trim).collect::<Vec<_>>());
    let row = |cells: Vec<&str>| {
        let name = between(cells[1], "`", "`").unwrap().to_owned();
        let uses = cells[3].split(", ").filter(|used| *used != "none");
        (name, uses.map(str::to_owned).collect::<BTreeSet<_>>())
    };
    let documented: BTreeMap<String, BTreeSet<String>> = cells.map(row).collect();
    let short = |name: &&str| match *name {
        "*" => "all others".to_owned(),
        name => name.trim_start_matches("holdfast-").to_owned(),
    };
    let arrows = ARROWS.iter().map(|(name, uses)| {
        let uses = uses.iter().map(short);
        ((*name).to_owned(), uses.collect::<BTreeSet<_>>())
    });
    assert_eq!(documented, arrows.collect());
}

#[test]
fn a_page_that_names_what_is_missing_is_found() {
    let page =
        "1. `a.rs`: `one`, `two` — does `three`.\n```\n`b.rs`\n```\n`c.rs`, `d/*.rs` [x](e.md#f)";
    let read = |path: &str| (path == "a.rs").then(|| "pub fn one<T>() {}\nfn twofold() {}".into());
    assert_eq!(missing(page, read), ["a.rs: two", "c.rs"]);
    assert_eq!(links(page), ["e.md"]);
}
