//! Which Postgres programs to use: this machine's, or fetched ones.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{PostgresError, fetch};

/// The oldest major version that Holdfast runs on.
const OLDEST: u32 = 14;

/// Where the server programs come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binaries {
    /// This machine's, newest first; fetched if there are none.
    Search,
    /// Fetched ones, whatever this machine has.
    Fetch,
    /// Those in this folder.
    Folder(PathBuf),
}

/// The folder of the programs and their major version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) folder: PathBuf,
    pub(super) major: u32,
}

impl Binaries {
    /// As `HOLDFAST_POSTGRES_BIN` says: a folder, `fetch`, or (unset) [`Binaries::Search`].
    pub fn from_environment() -> Self {
        match std::env::var_os("HOLDFAST_POSTGRES_BIN") {
            None => Self::Search,
            Some(text) if text.is_empty() => Self::Search,
            Some(text) if text == "fetch" => Self::Fetch,
            Some(folder) => Self::Folder(folder.into()),
        }
    }

    /// Finds the programs; `major` is the version that made the existing files, if there are any.
    pub(super) async fn resolve(&self, major: Option<u32>) -> Result<Found, PostgresError> {
        match self {
            Self::Folder(folder) => {
                let found = inspect(folder);
                let found = found.ok_or_else(|| PostgresError::NoServerIn(folder.clone()))?;
                match major {
                    Some(wanted) if wanted != found.major => Err(PostgresError::OtherVersion {
                        wanted,
                        path: folder.clone(),
                    }),
                    _ => Ok(found),
                }
            }
            Self::Fetch => fetch::fetch_if_needed(major).await,
            Self::Search => match search(major) {
                Some(found) => Ok(found),
                None => fetch::fetch_if_needed(major).await,
            },
        }
    }
}

/// The newest server of this machine that fits.
fn search(major: Option<u32>) -> Option<Found> {
    let found = candidates()
        .into_iter()
        .filter_map(|folder| inspect(&folder));
    found
        .filter(|found| major.is_none_or(|wanted| wanted == found.major))
        .max_by_key(|f| f.major)
}

/// Folders where servers are usually found. Debian keeps them off the PATH.
fn candidates() -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        folders.push(String::from_utf8_lossy(&output.stdout).trim().into());
    }
    for (parent, name) in [
        ("/usr/lib/postgresql", ""),
        ("/opt/homebrew/opt", "postgresql"),
        ("/usr/local/opt", "postgresql"),
        ("/usr", "pgsql-"),
    ] {
        folders.extend(below(Path::new(parent), name));
    }
    folders
}

/// `parent/NAME…/bin`.
fn below(parent: &Path, name: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(parent) else {
        return Vec::new();
    };
    let names = entries
        .flatten()
        .filter(|e| e.file_name().to_string_lossy().starts_with(name));
    names.map(|entry| entry.path().join("bin")).collect()
}

/// The server in `folder`, if there is a whole one that is new enough.
pub(super) fn inspect(folder: &Path) -> Option<Found> {
    let folder = folder.canonicalize().ok()?;
    if !folder.join("initdb").is_file() || !folder.join("postgres").is_file() {
        return None;
    }
    let output = Command::new(folder.join("postgres"))
        .arg("--version")
        .output()
        .ok()?;
    let major = major_of(&String::from_utf8_lossy(&output.stdout))?;
    (major >= OLDEST).then_some(Found { folder, major })
}

/// From `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)` or `… 17beta1`.
fn major_of(version: &str) -> Option<u32> {
    let number = version.split_once("(PostgreSQL) ")?.1;
    let end = number
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(number.len());
    number.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read() {
        let debian = "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n";
        assert_eq!(major_of(debian), Some(15));
        assert_eq!(major_of("postgres (PostgreSQL) 18beta2"), Some(18));
        assert_eq!(major_of("something else"), None);
    }

    #[tokio::test]
    async fn a_folder_without_a_server_is_refused_by_name() {
        let error = Binaries::Folder("/usr/share".into())
            .resolve(None)
            .await
            .unwrap_err();
        assert!(error.to_string().contains("/usr/share"), "{error}");
    }
}
