//! A folder that is removed with its server.

use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};

use super::PostgresError;
use super::error::on;
use super::user::User;

/// A folder that is removed when dropped, together with the fallback that was used instead of it.
#[derive(Debug)]
pub(super) struct TemporaryFolder {
    folder: tempfile::TempDir,
    fallback: Option<PathBuf>,
}

impl TemporaryFolder {
    pub(super) fn create() -> Result<Self, PostgresError> {
        let parent = std::env::temp_dir();
        let mut builder = tempfile::Builder::new();
        // Other users may enter; secrets are one folder deeper.
        builder
            .prefix("holdfast-")
            .permissions(Permissions::from_mode(0o755));
        let folder = builder
            .tempdir()
            .map_err(on("create a folder in", &parent))?;
        if let Some(user) = User::needed()? {
            // So that the server's guard can remove it when we are killed.
            let (path, uid, gid) = (folder.path(), Some(user.uid), Some(user.gid));
            chown(path, uid, gid).map_err(on("change the owner of", path))?;
        }
        Ok(Self {
            folder,
            fallback: None,
        })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Also removes `home`, if it lies outside the folder.
    pub(super) fn with_fallback(mut self, home: &Path) -> Self {
        if !home.starts_with(self.folder.path().canonicalize().unwrap_or_default()) {
            self.fallback = Some(home.to_owned());
        }
        self
    }

    /// The folder that the server's guard removes when this process is killed.
    pub(super) fn folder_to_remove(&self) -> &Path {
        self.fallback.as_deref().unwrap_or(self.folder.path())
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        if let Some(home) = &self.fallback {
            // Already removed with the server, as a rule.
            drop(std::fs::remove_dir_all(home));
        }
    }
}
