//! Which Postgres programs to use: this machine's, or fetched ones.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::PostgresError;
use super::fetch::fetch_if_needed;
use super::installation::Installation;

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
    pub(super) async fn resolve(&self, major: Option<u32>) -> Result<Installation, PostgresError> {
        match self {
            Self::Folder(folder) => {
                let found = Installation::inspect(folder);
                let found = found.ok_or_else(|| PostgresError::NoServerIn(folder.clone()))?;
                match major {
                    Some(wanted) if wanted != found.major => Err(PostgresError::OtherVersion {
                        wanted,
                        path: folder.clone(),
                    }),
                    _ => Ok(found),
                }
            }
            Self::Fetch => fetch_if_needed(major).await,
            Self::Search => match find_installation(major) {
                Some(found) => Ok(found),
                None => fetch_if_needed(major).await,
            },
        }
    }
}

/// The newest server of this machine that fits.
fn find_installation(major: Option<u32>) -> Option<Installation> {
    let found = candidate_folders()
        .into_iter()
        .filter_map(|folder| Installation::inspect(&folder));
    found
        .filter(|found| major.is_none_or(|wanted| wanted == found.major))
        .max_by_key(|f| f.major)
}

/// Folders where servers are usually found. Debian keeps them off the PATH.
fn candidate_folders() -> Vec<PathBuf> {
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
        folders.extend(folders_below(Path::new(parent), name));
    }
    folders
}

/// `parent/NAME…/bin`.
fn folders_below(parent: &Path, name: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(parent) else {
        return Vec::new();
    };
    let names = entries
        .flatten()
        .filter(|e| e.file_name().to_string_lossy().starts_with(name));
    names.map(|entry| entry.path().join("bin")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_folder_without_a_server_is_refused_by_name() {
        let error = Binaries::Folder("/usr/share".into())
            .resolve(None)
            .await
            .unwrap_err();
        assert!(error.to_string().contains("/usr/share"), "{error}");
    }
}
