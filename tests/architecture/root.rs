//! What lies at the root (design section 8).

use crate::sources::ROOT;
use std::collections::BTreeSet;

const NEEDED: [&str; 8] = [
    "Cargo.toml",
    "Cargo.lock",
    "README.md",
    "front",
    "workers",
    "schemas",
    "deploy",
    "tests",
];
const ALLOWED: [&str; 1] = ["LICENSE"];

/// Names at the root that git ignores, such as `/target`.
fn ignored() -> BTreeSet<String> {
    let file = std::fs::read_to_string(format!("{ROOT}/.gitignore")).unwrap();
    let name = |line: &str| line.trim().trim_matches('/').to_owned();
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .map(name)
        .collect()
}

#[test]
fn the_visible_root_holds_exactly_what_the_design_names() {
    let ignored = ignored();
    let entries = std::fs::read_dir(ROOT).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    let visible: BTreeSet<String> = names
        .filter(|name| !name.starts_with('.') && !ignored.contains(name))
        .filter(|name| !ALLOWED.contains(&name.as_str()))
        .collect();
    assert_eq!(visible, BTreeSet::from(NEEDED.map(str::to_owned)));
}
