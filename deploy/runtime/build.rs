//! Hands the programs the commit that they are built from; `unknown` outside a clone of the repository.

use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let commit = run_git(&["rev-parse", "--short=12", "HEAD"]);
    // A commit changes one of these: the branch's own file, or all branches' packed one.
    let head = run_git(&["symbolic-ref", "--quiet", "HEAD"]);
    for name in ["HEAD", "packed-refs"].into_iter().chain(head.as_deref()) {
        let path = run_git(&["rev-parse", "--path-format=absolute", "--git-path", name]);
        // Cargo runs this again each time for a file that does not exist.
        if let Some(path) = path.filter(|path| std::path::Path::new(path).exists()) {
            println!("cargo:rerun-if-changed={path}");
        }
    }
    let commit = commit.unwrap_or_else(|| "unknown".to_owned());
    println!("cargo:rustc-env=HOLDFAST_BUILD_COMMIT={commit}");
}

/// What git prints, or `None` without git or outside a clone.
fn run_git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let text = text.trim();
    (output.status.success() && !text.is_empty()).then(|| text.to_owned())
}
