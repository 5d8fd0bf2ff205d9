//! Where an export is written: a file, which may be continued, or standard output.

use super::super::error::CliError;
use super::line::ExportedPlace;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

/// The last position of each partition that a file holds.
pub(super) type WrittenPositions = BTreeMap<i32, i64>;

/// Where lines go.
pub(super) enum Destination {
    File(BufWriter<File>),
    StandardOutput(BufWriter<io::Stdout>),
}

impl Destination {
    /// Opens the destination. A file that exists is continued only on request, after its last whole line: a line that
    /// a kill cut off is removed.
    pub(super) fn open(
        path: Option<&Path>,
        resume: bool,
        incarnation: uuid::Uuid,
    ) -> Result<(Self, WrittenPositions), CliError> {
        let Some(path) = path else {
            let out = BufWriter::new(io::stdout());
            return Ok((Self::StandardOutput(out), BTreeMap::new()));
        };
        let opened = if resume {
            continue_file(path, incarnation)
        } else {
            create_file(path)
        };
        let (file, written) = opened?;
        Ok((Self::File(BufWriter::new(file)), written))
    }

    pub(super) fn write_line(&mut self, line: &str) -> io::Result<()> {
        match self {
            Self::File(out) => writeln!(out, "{line}"),
            Self::StandardOutput(out) => writeln!(out, "{line}"),
        }
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::File(out) => out.flush(),
            Self::StandardOutput(out) => out.flush(),
        }
    }
}

fn create_file(path: &Path) -> Result<(File, WrittenPositions), CliError> {
    let created = OpenOptions::new().write(true).create_new(true).open(path);
    let file = created.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => CliError::Rejected(format!(
            "{} exists: continue it with --resume, or name another file",
            path.display()
        )),
        _ => wrong_file(path, &error),
    })?;
    Ok((file, BTreeMap::new()))
}

/// Reads what the file holds, and puts the end after its last whole line.
fn continue_file(
    path: &Path,
    incarnation: uuid::Uuid,
) -> Result<(File, WrittenPositions), CliError> {
    let opened = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path);
    let mut file = opened.map_err(|error| wrong_file(path, &error))?;
    let (written, end) = read_positions(&file, path, incarnation)?;
    file.set_len(end)?;
    file.seek(SeekFrom::End(0))?;
    Ok((file, written))
}

fn read_positions(
    file: &File,
    path: &Path,
    incarnation: uuid::Uuid,
) -> Result<(WrittenPositions, u64), CliError> {
    let mut reader = BufReader::new(file);
    let (mut written, mut end, mut line, mut number) = (BTreeMap::new(), 0_u64, Vec::new(), 0_u64);
    loop {
        line.clear();
        let bytes = reader.read_until(b'\n', &mut line)?;
        if line.last() != Some(&b'\n') {
            return Ok((written, end));
        }
        number = number.saturating_add(1);
        let place: ExportedPlace = serde_json::from_slice(&line).map_err(|_| {
            let path = path.display();
            CliError::Rejected(format!("{path} line {number} is no line of an export"))
        })?;
        if place.value.incarnation != incarnation {
            let path = path.display();
            return Err(CliError::Rejected(format!(
                "{path} was exported from another database: name another file"
            )));
        }
        written.insert(place.partition, place.value.position);
        end = end.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
    }
}

fn wrong_file(path: &Path, error: &io::Error) -> CliError {
    CliError::Rejected(format!("opening {} failed: {error}", path.display()))
}
