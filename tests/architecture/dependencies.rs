//! What the crates are built from: no dependency without use, no licence that a user has not agreed to, and no more
//! versions of one crate than there are.

use crate::sources::{ROOT, Source, all};
use cargo_metadata::{CargoOpt, Metadata, MetadataCommand, Package};
use std::collections::{BTreeMap, BTreeSet};

/// Licences that everything in the product may be used under; `deploy/deny.toml` has the same ones.
const LICENCES: [&str; 13] = [
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "PostgreSQL",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];
/// Crates of which several versions are built, because their users are not of one mind. The number may only fall.
const SEVERAL_VERSIONS_MAX: usize = 15;

/// Everything that is built on Linux, as locked.
fn metadata() -> Metadata {
    let mut command = MetadataCommand::new();
    command.manifest_path(format!("{ROOT}/Cargo.toml"));
    let filter = ["--locked", "--filter-platform", "x86_64-unknown-linux-gnu"];
    command.other_options(filter.map(str::to_owned).to_vec());
    command.features(CargoOpt::AllFeatures).exec().unwrap()
}

fn is_ours(package: &Package) -> bool {
    package.source.is_none()
}

/// Is the name a word of this text?
fn is_named_in(name: &str, text: &str) -> bool {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    words.into_iter().any(|word| word == name)
}

/// Dependencies of a crate that none of its sources names.
fn unused(package: &Package, sources: &[Source]) -> Vec<String> {
    let folder = package.manifest_path.parent().unwrap().as_str();
    let root = std::fs::canonicalize(ROOT).unwrap();
    let folder = folder
        .strip_prefix(root.to_str().unwrap())
        .unwrap_or(folder);
    let folder = format!("{}/", folder.trim_start_matches('/'));
    // The folder of the tests holds two more crates.
    let is_own = |source: &&Source| {
        source.path.starts_with(&folder)
            && (folder != "tests/"
                || !["tests/kafka/", "tests/load/"]
                    .iter()
                    .any(|other| source.path.starts_with(other)))
    };
    let own: Vec<&Source> = sources.iter().filter(is_own).collect();
    let dependencies = package.dependencies.iter();
    let names = dependencies.map(|dependency| dependency.name.replace('-', "_"));
    names
        .filter(|name| !own.iter().any(|source| is_named_in(name, &source.text)))
        .map(|name| format!("{} does not use {name}", package.name))
        .collect()
}

/// May one use a crate with this licence expression? Either of two joined by OR, both of two joined by AND.
fn is_permitted(licence: &str) -> bool {
    let plain = licence
        .replace(['(', ')'], "")
        .replace(" / ", "/")
        .replace('/', " OR ");
    let all_of = plain.split(" AND ");
    all_of.into_iter().all(|part| {
        let mut any_of = part.split(" OR ");
        any_of.any(|one| LICENCES.contains(&one.trim()))
    })
}

#[test]
fn every_dependency_is_used() {
    let sources = all("rs");
    let metadata = metadata();
    let packages = metadata.packages.iter().filter(|package| is_ours(package));
    let unused: Vec<String> = packages
        .flat_map(|package| unused(package, &sources))
        .collect();
    assert_eq!(unused, Vec::<String>::new());
}

#[test]
fn every_licence_is_one_that_users_have_agreed_to() {
    let metadata = metadata();
    let others = metadata.packages.iter().filter(|package| !is_ours(package));
    let refused: Vec<String> = others
        .filter(|package| !package.license.as_deref().is_some_and(is_permitted))
        .map(|package| format!("{}: {:?}", package.name, package.license))
        .collect();
    assert_eq!(refused, Vec::<String>::new());
    let page = crate::sources::file("deploy/deny.toml");
    let missing: Vec<&str> = LICENCES
        .into_iter()
        .filter(|licence| !page.contains(&format!("\"{licence}\"")))
        .collect();
    assert_eq!(missing, Vec::<&str>::new(), "deploy/deny.toml");
}

#[test]
fn crates_of_several_versions_become_fewer() {
    let metadata = metadata();
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in &metadata.packages {
        let known = versions.entry(package.name.to_string()).or_default();
        known.insert(package.version.to_string());
    }
    versions.retain(|_, versions| versions.len() > 1);
    assert!(versions.len() <= SEVERAL_VERSIONS_MAX, "{versions:?}");
}

#[test]
fn each_finds_its_offender() {
    assert!(is_permitted("MIT OR GPL-3.0"));
    assert!(is_permitted("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(!is_permitted("MIT AND GPL-3.0"));
    assert!(is_named_in("sha2", "use sha2::Sha256;"));
    assert!(!is_named_in("sha2", "use sha256::digest;"));
    let metadata = metadata();
    let mut packages = metadata.packages.into_iter();
    let ledger = packages.find(|package| package.name.as_str() == "holdfast-ledger");
    assert!(!unused(&ledger.unwrap(), &[]).is_empty());
}
