//! `schemas/messages.md` is what the table says.
//! After a change: `cargo run -- messages --markdown > schemas/messages.md`.

use std::path::Path;

#[test]
fn the_page_of_messages_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../messages.md");
    let there = std::fs::read_to_string(file).unwrap();
    assert!(
        there == holdfast_marqeta::catalog::page(),
        "schemas/messages.md is out of date: write it again with holdfast messages --markdown"
    );
}
