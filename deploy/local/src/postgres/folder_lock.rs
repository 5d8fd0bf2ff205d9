//! The lock of a data directory: one process uses it.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, Write};

use rustix::fs::{FlockOperation, flock};

use super::PostgresError;
use super::error::on;
use super::home::Home;

/// Locked while this process uses the folder; the kernel unlocks it if the process is killed.
#[derive(Debug)]
pub(super) struct FolderLock {
    _file: File,
}

impl FolderLock {
    pub(super) fn acquire(home: &Home) -> Result<Self, PostgresError> {
        let path = home.lock_file();
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&path).map_err(on("open", &path))?;
        if flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
            let mut pid = String::new();
            drop(file.read_to_string(&mut pid));
            let (path, pid) = (home.path().to_owned(), pid.trim().to_owned());
            return Err(PostgresError::InUse { path, pid });
        }
        let write = |file: &mut File| {
            file.set_len(0)?;
            file.rewind()?;
            writeln!(file, "{}", std::process::id())
        };
        write(&mut file).map_err(on("write", &path))?;
        Ok(Self { _file: file })
    }
}
