//! The `holdfast` command: `up`, the whole system on one machine, and the operators' commands.

mod commands;
mod up;
mod values;

use clap::Parser;
use commands::Command;
use holdfast_runtime::build::describe_build;
use holdfast_runtime::settings::{or_exit, parse_line};
use holdfast_store::SCHEMA_VERSION;
use std::ffi::OsString;
use std::process::ExitCode;
use std::time::Duration;

/// A Marqeta JIT funding gateway: decides authorization requests and keeps the ledger.
///
/// Without a command it runs `holdfast up`: the whole system on this machine.
#[derive(Debug, Parser)]
#[command(name = "holdfast", version = describe_build(SCHEMA_VERSION), after_help = EXAMPLES, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  holdfast                          the whole system, with simulated traffic
  holdfast up --no-traffic          the same, empty
  holdfast account show alice       with HOLDFAST_DATABASE_URL set

Exit codes: 0 fine, 1 failed or differences found, 64 wrong command line, 66 why: unknown transaction,
78 wrong setting";

fn main() -> ExitCode {
    let line = with_command(std::env::args_os().collect());
    let arguments: Arguments = or_exit(parse_line(line));
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("starting the runtime failed: {error}");
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(commands::run_command(arguments.command));
    // A client library's thread that hangs must not keep the process.
    runtime.shutdown_timeout(Duration::from_secs(1));
    code
}

/// `holdfast --for 20s` is `holdfast up --for 20s`.
fn with_command(mut line: Vec<OsString>) -> Vec<OsString> {
    let first = line.get(1).map(|word| word.to_string_lossy().into_owned());
    let is_up = match first.as_deref() {
        None => true,
        Some("-h" | "--help" | "-V" | "--version") => false,
        Some(word) => word.starts_with('-'),
    };
    if is_up {
        line.insert(line.len().min(1), "up".into());
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn without_a_command_the_whole_system_is_started() {
        let words = |line: &str| {
            let line = with_command(line.split(' ').map(OsString::from).collect());
            line.join(" ".as_ref()).into_string().unwrap()
        };
        assert_eq!(words("holdfast"), "holdfast up");
        assert_eq!(words("holdfast --for 20s"), "holdfast up --for 20s");
        assert_eq!(words("holdfast verify --json"), "holdfast verify --json");
        assert_eq!(words("holdfast --help"), "holdfast --help");
    }

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
