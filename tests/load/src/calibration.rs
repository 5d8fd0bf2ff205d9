//! The calibration: what plain Postgres gives on this machine, in this run. `pgbench -M prepared`, one
//! plpgsql function that locks two of 100,000 rows in order, checks funds, updates both, inserts one.

mod flush;

use crate::system::System;
use anyhow::{Context, Result};
use sqlx::PgPool;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::process::Command;

pub(crate) use flush::flush_rate;

/// The tables and the function, in a schema of their own.
const SCHEMA: &str = r"
create schema calibration;
create table calibration.account (id int primary key, balance numeric not null);
create table calibration.transfer (id bigserial primary key, source int, target int, amount numeric);
insert into calibration.account select n, 1000000000 from generate_series(1, 100000) n;
create function calibration.move(a int, b int, amount numeric) returns void language plpgsql as $$
declare funds numeric;
begin
    perform id from calibration.account where id in (a, b) order by id for update;
    select balance into funds from calibration.account where id = a;
    if funds < amount then raise exception 'insufficient funds'; end if;
    update calibration.account set balance = balance - amount where id = a;
    update calibration.account set balance = balance + amount where id = b;
    insert into calibration.transfer (source, target, amount) values (a, b, amount);
end $$;
";

const MANY: &str =
    "\\set a random(1, 100000)\n\\set b random(1, 100000)\nselect calibration.move(:a, :b, 1);\n";
const HOT: &str = "\\set b random(2, 100000)\nselect calibration.move(1, :b, 1);\n";

/// Makes the tables.
pub(crate) async fn prepare(database: &PgPool) -> Result<()> {
    sqlx::raw_sql(SCHEMA).execute(database).await?;
    // VACUUM cannot run in the one transaction of several statements.
    sqlx::query("vacuum analyze calibration.account")
        .execute(database)
        .await?;
    Ok(())
}

/// Transfers a second by so many clients; `None` where this machine has no `pgbench`.
pub(crate) async fn run(
    system: &System,
    clients: usize,
    is_hot: bool,
    time: Duration,
) -> Result<Option<f64>> {
    let Some(pgbench) = tool(system.binaries(), "pgbench") else {
        return Ok(None);
    };
    let (name, text) = if is_hot {
        ("hot.sql", HOT)
    } else {
        ("many.sql", MANY)
    };
    let script = system.folder().join(name);
    tokio::fs::write(&script, text).await?;
    let seconds = time.as_secs().max(2).to_string();
    let clients = clients.to_string();
    let mut command = Command::new(pgbench);
    command.args(["-n", "-M", "prepared", "-j", "2"]);
    command.args(["-T", &seconds, "-c", &clients, "-f"]);
    command.arg(&script).arg(system.url()).kill_on_drop(true);
    let output = tokio::time::timeout(time + Duration::from_secs(60), command.output())
        .await
        .context("pgbench does not end")?
        .context("running pgbench")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = || String::from_utf8_lossy(&output.stderr).into_owned();
    transfers(&text).map(Some).with_context(errors)
}

/// A tool of Postgres: it comes with the system's package, not with the fetched server.
fn tool(binaries: &Path, name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let debian = std::fs::read_dir("/usr/lib/postgresql");
    let debian = debian.into_iter().flatten().flatten();
    let folders = std::iter::once(binaries.to_owned())
        .chain(std::env::split_paths(&path))
        .chain(debian.map(|version| version.path().join("bin")));
    folders
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

/// From pgbench's `tps = 1234.567 (without initial connection time)`.
fn transfers(output: &str) -> Option<f64> {
    let line = output
        .lines()
        .find_map(|line| line.strip_prefix("tps = "))?;
    line.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::transfers;

    #[test]
    fn the_rate_is_read_from_pgbenchs_output() {
        let output = "number of transactions actually processed: 12\nlatency average = 5 ms\n\
                      tps = 9212.250000 (without initial connection time)\n";
        assert_eq!(transfers(output).map(f64::round), Some(9_212.0));
        assert_eq!(transfers("pgbench: error"), None);
    }
}
