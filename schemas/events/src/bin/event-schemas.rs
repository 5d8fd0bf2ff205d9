//! Writes `schemas/events/*.schema.json`: `cargo run -p holdfast-events --bin event-schemas`.

use holdfast_events::schema;
use std::path::PathBuf;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let crate_folder = env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, PathBuf::from);
    let folder = env::args_os().nth(1).map_or(crate_folder, PathBuf::from);
    fs::create_dir_all(&folder)?;
    for file in schema::files().map_err(io::Error::other)? {
        fs::write(folder.join(file.name), file.text)?;
    }
    Ok(())
}
