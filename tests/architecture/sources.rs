//! The sources as files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The folder of the workspace.
pub(crate) const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The folders that hold sources.
const FOLDERS: [&str; 5] = ["front", "workers", "schemas", "deploy", "tests"];

/// One source file.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its path below the root.
    pub(crate) path: String,
    /// What it says.
    pub(crate) text: String,
}

impl Source {
    /// Its lines of code, without comments.
    pub(crate) fn code(&self) -> impl Iterator<Item = &str> {
        self.text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
    }
}

/// The text of a file below the root.
pub(crate) fn file(path: &str) -> String {
    std::fs::read_to_string(format!("{ROOT}/{path}")).unwrap()
}

/// The Rust sources of these folders, without their tests.
pub(crate) fn product(folders: &[&str]) -> Vec<Source> {
    let is_inside = |source: &Source| folders.iter().any(|folder| source.path.starts_with(folder));
    let is_test = |source: &Source| source.path.contains("/tests");
    let sources = all("rs").into_iter();
    sources.filter(|s| is_inside(s) && !is_test(s)).collect()
}

/// The code of a source, without comments.
pub(crate) fn code(source: &Source) -> String {
    source.code().collect::<Vec<_>>().join("\n")
}

/// The text between `open` and the next `close`.
pub(crate) fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(open)?;
    rest.split_once(close).map(|(found, _)| found)
}

/// The first cell of each table row of a page, where it is code: the name that the row explains.
pub(crate) fn row_names(page: &str) -> BTreeSet<String> {
    let cell = |line: &str| between(line, "| `", "`").map(str::to_owned);
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    rows.filter_map(cell).collect()
}

/// Every file with this ending, sorted by path.
pub(crate) fn all(ending: &str) -> Vec<Source> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        collect(&Path::new(ROOT).join(folder), ending, &mut files);
    }
    files.sort();
    let source = |path: PathBuf| Source {
        path: path
            .strip_prefix(ROOT)
            .unwrap()
            .to_string_lossy()
            .into_owned(),
        text: std::fs::read_to_string(&path).unwrap(),
    };
    files.into_iter().map(source).collect()
}

fn collect(folder: &Path, ending: &str, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() && path.file_name().is_some_and(|name| name == "target") {
            // What the fuzz targets are built into.
        } else if path.is_dir() {
            collect(&path, ending, into);
        } else if path.extension().is_some_and(|found| found == ending) {
            into.push(path);
        }
    }
}
