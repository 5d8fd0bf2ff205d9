//! The files of a server: initialised once, with a password of their own.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::error::on;
use super::home::Home;
use super::installation::Installation;
use super::{DATABASE, Durability, Options, PostgresError};

/// Initialised files, and the programs that fit them.
pub(super) struct Cluster {
    home: Home,
    binaries: PathBuf,
    password: String,
}

impl Cluster {
    /// Initialises the files unless they are there.
    pub(super) fn open(
        home: Home,
        found: Installation,
        options: &Options,
    ) -> Result<Self, PostgresError> {
        let path = home.password_file();
        if home.cluster_major().is_none() {
            let password = generate_password().map_err(on("read", Path::new("/dev/urandom")))?;
            write_private(&path, &password).map_err(on("write", &path))?;
            home.give_to_user(&path)?;
            initialise_files(&home, &found.folder, options)?;
        }
        let password = fs::read_to_string(&path)
            .map_err(|source| PostgresError::Password { path, source })?
            .trim()
            .to_owned();
        Ok(Self {
            home,
            binaries: found.folder,
            password,
        })
    }

    pub(super) fn home(&self) -> &Home {
        &self.home
    }

    pub(super) fn programs_folder(&self) -> &Path {
        &self.binaries
    }

    pub(super) fn password(&self) -> &str {
        &self.password
    }
}

impl std::fmt::Debug for Cluster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("Cluster");
        shown
            .field("home", &self.home)
            .field("binaries", &self.binaries);
        shown.finish_non_exhaustive()
    }
}

/// Initialises a temporary folder and renames it when complete: an interrupted start leaves no partial cluster.
fn initialise_files(home: &Home, binaries: &Path, options: &Options) -> Result<(), PostgresError> {
    let partial = home.path().join("cluster.making");
    drop(fs::remove_dir_all(&partial));
    let mut initdb = postgres_command(home, &binaries.join("initdb"));
    initdb
        .arg("--pgdata")
        .arg(&partial)
        .arg("--pwfile")
        .arg(home.password_file());
    initdb.args(["--username=postgres", "--auth=scram-sha-256"]);
    initdb.args(["--encoding=UTF8", "--locale=C", "--no-instructions"]);
    if options.durability == Durability::OffForTests {
        initdb.arg("--no-sync");
    }
    check_status("initdb", run_program(&mut initdb, "")?)?;
    create_database(home, binaries, &partial, options)?;
    fs::rename(&partial, home.cluster_folder()).map_err(on("rename", &partial))
}

/// In single-user mode: the fetched programs have no client.
fn create_database(
    home: &Home,
    binaries: &Path,
    cluster: &Path,
    options: &Options,
) -> Result<(), PostgresError> {
    let mut postgres = postgres_command(home, &binaries.join("postgres"));
    postgres.args(["--single", "-j", "-D"]).arg(cluster);
    if options.durability == Durability::OffForTests {
        postgres.args(["-c", "fsync=off"]);
    }
    postgres.arg("template1");
    let output = run_program(&mut postgres, &format!("CREATE DATABASE {DATABASE};\n\n"))?;
    // It exits with 0 even when the statement failed.
    let failed = String::from_utf8_lossy(&output.stderr).contains("ERROR:");
    check_status("postgres --single", output)?;
    if failed {
        let output = format!("CREATE DATABASE {DATABASE} failed");
        return Err(PostgresError::Initialise {
            program: "postgres --single",
            output,
        });
    }
    Ok(())
}

/// A program of Postgres, run as the server's user in a folder that this user can enter, and
/// without the caller's environment variables for other servers.
pub(super) fn postgres_command(home: &Home, program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(home.path());
    for (name, _) in std::env::vars_os() {
        let libpq = name.to_str().is_some_and(|name| name.starts_with("PG"));
        if libpq {
            command.env_remove(name);
        }
    }
    if let Some(user) = home.server_user() {
        command.uid(user.uid).gid(user.gid);
    }
    command
}

fn run_program(command: &mut Command, input: &str) -> Result<Output, PostgresError> {
    let program = PathBuf::from(command.get_program());
    let failed = |source| PostgresError::Run {
        path: program.clone(),
        source,
    };
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.process_group(0);
    let mut child = command.spawn().map_err(failed)?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ended early explains it in its output.
        drop(stdin.write_all(input.as_bytes()));
    }
    child.wait_with_output().map_err(failed)
}

fn check_status(program: &'static str, output: Output) -> Result<(), PostgresError> {
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let output = format!("{} ({})", text.trim(), output.status);
    Err(PostgresError::Initialise { program, output })
}

/// 192 bits in hexadecimal: valid in a URL without escaping.
fn generate_password() -> std::io::Result<String> {
    let mut bytes = [0_u8; 24];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(hex::encode(bytes))
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    // Removed first, so that an older file's permissions do not stay.
    drop(fs::remove_file(path));
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}
