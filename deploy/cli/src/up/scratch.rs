//! A folder for one test.

use std::path::{Path, PathBuf};

/// Removed at the end of the test.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn create() -> Self {
        let path = std::env::temp_dir().join(format!("holdfast-up-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}
