//! `schemas/decision/checks.md` is what the checks are.
//! After a change: `cargo run -p holdfast-decision --bin how-a-purchase-is-decided`.

use holdfast_decision::{Check, Refusal};
use std::path::Path;

#[test]
fn the_page_of_checks_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("checks.md");
    let there = std::fs::read_to_string(file).unwrap();
    assert!(
        there == holdfast_decision::page::render_page(),
        "schemas/decision/checks.md is out of date: write it again with how-a-purchase-is-decided"
    );
}

#[test]
fn the_refusals_of_the_checks_in_order_are_all_refusals_in_order() {
    let of_checks = Check::ALL.iter().flat_map(|check| check.info().refusals);
    let of_checks: Vec<Refusal> = of_checks.copied().collect();
    assert_eq!(of_checks, Refusal::ALL);
}
