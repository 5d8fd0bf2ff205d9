//! Where fetched programs are kept, and the lock that lets only one process fetch them.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

/// The folder `holdfast` in the user's cache.
pub fn user_cache_folder() -> PathBuf {
    let folder = |name| std::env::var_os(name).filter(|path| !path.is_empty());
    let cache = folder("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.or_else(|| folder("HOME").map(|home| Path::new(&home).join(".cache")));
    cache.unwrap_or_else(std::env::temp_dir).join("holdfast")
}

/// Waits for the lock of a file, which is created if it is missing. Dropping the file unlocks it.
///
/// # Errors
/// When the file cannot be created or locked.
pub fn lock_file(path: &Path) -> io::Result<File> {
    let file = File::create(path)?;
    flock(&file, FlockOperation::LockExclusive)?;
    Ok(file)
}
