//! The programs to measure: given, or built from these sources, released.

use crate::arguments::RunArguments;
use crate::progress;
use crate::system::Programs;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Finds them, building those that were not given.
pub(crate) fn find(arguments: &RunArguments) -> Result<Programs> {
    let (front, workers) = (arguments.front.clone(), arguments.workers.clone());
    let (front, workers) = match (front, workers) {
        (Some(front), Some(workers)) => (front, workers),
        (front, workers) => {
            let folder = build()?;
            (
                front.unwrap_or_else(|| folder.join("holdfast-front")),
                workers.unwrap_or_else(|| folder.join("holdfast-workers")),
            )
        }
    };
    Ok(Programs { front, workers })
}

/// Builds beside this program, so that what it shares with them is built once.
fn build() -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let target = own.ancestors().nth(2).context("no target folder")?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2);
    progress::say("building holdfast-front and holdfast-workers, released");
    let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--release", "--locked"])
        .args(["-p", "holdfast-front", "-p", "holdfast-workers"])
        .current_dir(root.context("no workspace")?)
        .env("CARGO_TARGET_DIR", target)
        .status()
        .context("running cargo; --front and --workers name programs that are built")?;
    anyhow::ensure!(status.success(), "the programs cannot be built");
    Ok(target.join("release"))
}
