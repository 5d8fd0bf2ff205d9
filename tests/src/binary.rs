//! Our programs as files: built once, found beside the test's own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

static FOLDER: OnceLock<PathBuf> = OnceLock::new();

/// The path of a program of ours, such as `holdfast-front`.
///
/// # Panics
/// When it cannot be built.
pub fn path(name: &str) -> PathBuf {
    FOLDER.get_or_init(build).join(name)
}

/// `cargo test` builds no programs for another crate's tests. The whole workspace is named, so that
/// nothing is built again with other features; cargo's own lock keeps two test processes apart.
fn build() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let folder = own.ancestors().nth(2).unwrap().to_owned();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["build", "--quiet", "--locked", "--workspace", "--bins"])
        .current_dir(root);
    cargo.env("CARGO_TARGET_DIR", folder.parent().unwrap());
    if folder
        .file_name()
        .is_some_and(|profile| profile == "release")
    {
        cargo.arg("--release");
    }
    let output = cargo.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    folder
}
