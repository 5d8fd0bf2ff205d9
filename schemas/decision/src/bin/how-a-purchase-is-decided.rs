//! Writes `schemas/decision/checks.md`: `cargo run -p holdfast-decision --bin how-a-purchase-is-decided`.

use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let crate_folder = env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, PathBuf::from);
    fs::write(
        crate_folder.join("checks.md"),
        holdfast_decision::page::render_page(),
    )
}
