//! Writes `schemas/events/*.schema.json`: `cargo run -p holdfast-events --bin event-schemas`. With `--release NAME` it
//! writes them to `schemas/events/released/NAME` too, which no later version may break.

use holdfast_events::schema;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, PathBuf::from);
    write_schemas(&folder)?;
    let mut arguments = env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next()) {
        (None, _) => Ok(()),
        (Some("--release"), Some(name)) => write_schemas(&folder.join("released").join(name)),
        _ => Err(io::Error::other("usage: event-schemas [--release NAME]")),
    }
}

fn write_schemas(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for file in schema::files().map_err(io::Error::other)? {
        fs::write(folder.join(file.name), file.text)?;
    }
    Ok(())
}
