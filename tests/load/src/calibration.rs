//! The calibration: what plain Postgres gives on this machine, in this run. `pgbench -M prepared`, one
//! plpgsql function that locks two of 100,000 rows in order, checks funds, updates both, inserts one.

use crate::stage::Stage;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::process::Command;

/// The tables and the function, in a schema of their own.
pub(crate) const SCHEMA: &str = r"
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
vacuum analyze calibration.account;
";

const MANY: &str =
    "\\set a random(1, 100000)\n\\set b random(1, 100000)\nselect calibration.move(:a, :b, 1);\n";
const HOT: &str = "\\set b random(2, 100000)\nselect calibration.move(1, :b, 1);\n";

/// Transfers a second; `None` where this machine has no `pgbench`.
pub(crate) async fn run(
    stage: &Stage,
    clients: usize,
    hot: bool,
    time: Duration,
) -> Result<Option<u64>> {
    let Some(pgbench) = stage.postgres_binaries().and_then(pgbench) else {
        return Ok(None);
    };
    let script = stage
        .folder()
        .join(if hot { "hot.sql" } else { "many.sql" });
    tokio::fs::write(&script, if hot { HOT } else { MANY }).await?;
    let seconds = (time / 2).as_secs().max(2).to_string();
    let output = Command::new(pgbench)
        .args([
            "-n",
            "-M",
            "prepared",
            "-j",
            "2",
            "-T",
            &seconds,
            "-c",
            &clients.to_string(),
            "-f",
        ])
        .arg(&script)
        .arg(stage.database_url())
        .output()
        .await
        .context("running pgbench")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let tps = text.lines().find_map(|line| line.strip_prefix("tps = "));
    let whole = tps
        .and_then(|tps| tps.split(['.', ' ']).next())
        .and_then(|tps| tps.parse().ok());
    whole
        .map(Some)
        .with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())
}

fn pgbench(binaries: &Path) -> Option<PathBuf> {
    Some(binaries.join("pgbench")).filter(|path| path.exists())
}
