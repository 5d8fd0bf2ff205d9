//! Where a server's files lie, and who owns them.

use std::fs::{self, DirBuilder, Permissions};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

use super::PostgresError;
use super::error::on;
use super::user::User;

/// The parent folder of root's servers if their user cannot enter the given folder.
const FALLBACK: &str = "/var/lib/holdfast";

/// The folder of one server.
#[derive(Debug, Clone)]
pub(super) struct Home {
    path: PathBuf,
    user: Option<User>,
}

impl Home {
    /// Creates `given` and the server's folder in it, or elsewhere if the server's user could not
    /// enter it there.
    pub(super) fn prepare(given: &Path) -> Result<Self, PostgresError> {
        fs::create_dir_all(given).map_err(on("create the folder", given))?;
        let given = given.canonicalize().map_err(on("find the folder", given))?;
        let user = User::needed()?;
        let path = match user {
            Some(user) if !user.can_enter(&given) => fallback_folder(&given)?,
            _ => given.join("postgres"),
        };
        create_private(&path)?;
        let home = Self { path, user };
        home.give_to_user(&home.path)?;
        Ok(home)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn server_user(&self) -> Option<User> {
        self.user
    }

    pub(super) fn cluster_folder(&self) -> PathBuf {
        self.path.join("cluster")
    }

    pub(super) fn log_file(&self) -> PathBuf {
        self.path.join("postgres.log")
    }

    pub(super) fn password_file(&self) -> PathBuf {
        self.path.join("password")
    }

    pub(super) fn lock_file(&self) -> PathBuf {
        self.path.join("lock")
    }

    /// Major version of the files that are here already.
    pub(super) fn cluster_major(&self) -> Option<u32> {
        fs::read_to_string(self.cluster_folder().join("PG_VERSION"))
            .ok()?
            .trim()
            .parse()
            .ok()
    }

    /// Gives a file of ours to the user who runs the server.
    pub(super) fn give_to_user(&self, path: &Path) -> Result<(), PostgresError> {
        let Some(user) = self.user else { return Ok(()) };
        chown(path, Some(user.uid), Some(user.gid)).map_err(on("change the owner of", path))
    }
}

fn fallback_folder(given: &Path) -> Result<PathBuf, PostgresError> {
    let path = Path::new(FALLBACK);
    fs::create_dir_all(path).map_err(on("create the folder", path))?;
    fs::set_permissions(path, Permissions::from_mode(0o755)).map_err(on("open up", path))?;
    let path = path.join(format!(
        "{:016x}",
        fnv1a(given.as_os_str().as_encoded_bytes())
    ));
    let note = given.join("postgres.location");
    fs::write(&note, format!("{}\n", path.display())).map_err(on("write", &note))?;
    Ok(path)
}

fn create_private(path: &Path) -> Result<(), PostgresError> {
    let created = DirBuilder::new().recursive(true).mode(0o700).create(path);
    created.map_err(on("create the folder", path))
}

/// A hash that stays the same from release to release, unlike the standard library's.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
