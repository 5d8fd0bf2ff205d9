//! An embedded Postgres server: found or fetched, initialised, started, stopped.
//!
//! The given folder contains `postgres/` with `cluster/` (Postgres's files), `password`,
//! `postgres.log` and `lock`. When root cannot run Postgres there (it runs under another user id,
//! which cannot enter), `postgres.location` names the place used instead.

mod binaries;
mod cluster;
mod error;
mod fetch;
mod folder_lock;
mod home;
mod installation;
mod memory;
mod running;
mod temporary;
mod user;

use std::path::Path;

pub use binaries::Binaries;
pub use error::PostgresError;

use cluster::Cluster;
use folder_lock::FolderLock;
use home::Home;
use running::RunningServer;

/// Whether commits survive a crash of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Every commit is on disk before it is acknowledged.
    On,
    /// Nothing is flushed: faster, and only for tests.
    OffForTests,
}

/// How the server runs.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whether commits survive a crash of the machine.
    pub durability: Durability,
    /// Connections at once.
    pub max_connections: u32,
    /// Postgres's own cache, in MiB.
    pub shared_buffers_mib: u32,
    /// Which server programs to use.
    pub binaries: Binaries,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            durability: Durability::On,
            max_connections: 200,
            shared_buffers_mib: memory::shared_buffers_mib(),
            binaries: Binaries::from_environment(),
        }
    }
}

impl Options {
    /// The defaults; a server for tests has the smallest cache, because many run at the same time.
    fn with_durability(durability: Durability) -> Self {
        let usual = Self::default();
        Self {
            durability,
            shared_buffers_mib: match durability {
                Durability::On => usual.shared_buffers_mib,
                Durability::OffForTests => memory::MIN_MIB,
            },
            ..usual
        }
    }
}

/// The database that [`EmbeddedPostgres::url`] names.
const DATABASE: &str = "holdfast";

/// A running Postgres server. [`EmbeddedPostgres::stop`] it; dropping it stops it too, but blocks.
#[derive(Debug)]
pub struct EmbeddedPostgres {
    running: RunningServer,
    cluster: Cluster,
    /// Removed at the end, if temporary.
    _temporary: Option<temporary::TemporaryFolder>,
    _lock: FolderLock,
}

impl EmbeddedPostgres {
    /// Starts the server whose files lie under `folder`, creating them the first time. A server
    /// that a killed process left running there is taken over.
    ///
    /// # Errors
    /// When no server can be found or fetched, another process uses the folder, or Postgres does
    /// not start (the error then ends with its log).
    pub async fn start(folder: &Path, options: Options) -> Result<Self, PostgresError> {
        let home = Home::prepare(folder)?;
        Self::start_in_home(home, options, None).await
    }

    /// Starts a server whose files are removed when it stops, or when this process ends.
    ///
    /// # Errors
    /// As for [`EmbeddedPostgres::start`].
    pub async fn temporary(durability: Durability) -> Result<Self, PostgresError> {
        let folder = temporary::TemporaryFolder::create()?;
        let home = Home::prepare(folder.path())?;
        let folder = folder.with_fallback(home.path());
        Self::start_in_home(home, Options::with_durability(durability), Some(folder)).await
    }

    async fn start_in_home(
        home: Home,
        options: Options,
        temporary: Option<temporary::TemporaryFolder>,
    ) -> Result<Self, PostgresError> {
        let lock = FolderLock::acquire(&home)?;
        let binaries = options.binaries.resolve(home.cluster_major()).await?;
        // Starting takes seconds of waiting on processes.
        let task = tokio::task::spawn_blocking(move || {
            let cluster = Cluster::open(home, binaries, &options)?;
            let remove = temporary
                .as_ref()
                .map(temporary::TemporaryFolder::folder_to_remove);
            let running = RunningServer::start(&cluster, &options, remove)?;
            Ok(Self {
                running,
                cluster,
                _temporary: temporary,
                _lock: lock,
            })
        });
        task.await.map_err(|_| PostgresError::Interrupted)?
    }

    /// Address of the database `holdfast`, as superuser.
    pub fn url(&self) -> String {
        self.database_url(DATABASE)
    }

    /// Address of any database of this server, such as `postgres`, as superuser.
    pub fn database_url(&self, database: &str) -> String {
        let (password, port) = (self.cluster.password(), self.running.port());
        format!("postgres://postgres:{password}@127.0.0.1:{port}/{database}")
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.running.port()
    }

    /// Process id of the server.
    pub fn pid(&self) -> u32 {
        self.running.pid()
    }

    /// Whether this server was left by a killed process and taken over.
    pub fn was_taken_over(&self) -> bool {
        self.running.was_taken_over()
    }

    /// Where the server's files really are.
    pub fn folder(&self) -> &Path {
        self.cluster.home().path()
    }

    /// Folder of the server programs in use.
    pub fn programs_folder(&self) -> &Path {
        self.cluster.programs_folder()
    }

    /// Stops the server: open transactions are rolled back, what is committed stays.
    ///
    /// # Errors
    /// When it is still there after it was killed.
    pub async fn stop(self) -> Result<(), PostgresError> {
        let mut server = self;
        let task = tokio::task::spawn_blocking(move || server.running.stop());
        task.await.map_err(|_| PostgresError::Interrupted)?
    }
}

impl Drop for EmbeddedPostgres {
    fn drop(&mut self) {
        if let Err(error) = self.running.stop() {
            tracing::error!(%error, "Postgres was left running");
        }
    }
}

#[cfg(test)]
mod tests;
