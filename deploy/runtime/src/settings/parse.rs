//! From command line, environment and files to a process's settings, or to one clear sentence.

use std::error::Error;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Parser};

use super::SettingError;
use super::environment::check_environment;
use super::files::{Lookup, supply_file_values};

/// Reads the process's settings from this command line and from its environment.
///
/// # Errors
/// When a setting, the environment or the command line is wrong; also for `--help` and `--version`.
pub fn parse_line<P: Parser>(args: impl IntoIterator<Item = OsString>) -> Result<P, SettingError> {
    match parse_from(args, &|name| std::env::var_os(name)) {
        Err(SettingError::CommandLine(error)) => Err(SettingError::CommandLine(error)),
        // A misspelt variable explains a missing one, so it comes first.
        parsed => check_environment(std::env::vars_os()).and(parsed),
    }
}

/// Reads the process's settings, or ends the process: one sentence and 78 for a wrong setting,
/// usage and 64 for a wrong command line, 0 for help and version.
pub fn parse_or_exit<P: Parser>() -> P {
    or_exit(parse_line(std::env::args_os()))
}

/// Ends the process with the right sentence and exit code when a setting is wrong or missing.
pub fn or_exit<T>(result: Result<T, SettingError>) -> T {
    result.unwrap_or_else(|error| {
        error.print();
        std::process::exit(error.exit_code().into())
    })
}

/// Like [`parse_line`], with `_FILE` variables read through `lookup` and the environment unchecked.
///
/// # Errors
/// As for [`parse_line`].
pub fn parse_from<P: Parser>(
    args: impl IntoIterator<Item = OsString>,
    lookup: Lookup<'_>,
) -> Result<P, SettingError> {
    let args: Vec<OsString> = args.into_iter().collect();
    let command = supply_file_values(P::command(), lookup)?;
    let parsed = command.try_get_matches_from(&args).and_then(|mut matches| {
        P::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut P::command()))
    });
    parsed.map_err(|error| setting_error(error, &P::command(), args))
}

/// Turns clap's error into ours: an error about a setting becomes one sentence that names it.
fn setting_error(error: clap::Error, command: &Command, args: Vec<OsString>) -> SettingError {
    if error.kind() == ErrorKind::DisplayHelp {
        return help_error(error, command, args);
    }
    let arguments = arguments_in(&error);
    let settings: Vec<_> = arguments
        .iter()
        .filter_map(|arg| find_setting(command, arg))
        .collect();
    let Some((variable, flag)) = settings.first() else {
        return SettingError::CommandLine(error);
    };
    match error.kind() {
        ErrorKind::MissingRequiredArgument if settings.len() == arguments.len() => {
            SettingError::missing(variable, flag)
        }
        ErrorKind::ArgumentConflict if is_repeated(&error) => SettingError::FlagTwice {
            variable: variable.clone(),
            flag: flag.clone(),
        },
        ErrorKind::ValueValidation | ErrorKind::InvalidValue | ErrorKind::InvalidUtf8 => {
            SettingError::wrong(variable, flag, expected_value(&error))
        }
        _ => SettingError::CommandLine(error),
    }
}

/// Help from the command as it was declared: supplying values removed the names of the variables.
fn help_error(error: clap::Error, command: &Command, args: Vec<OsString>) -> SettingError {
    let declared = hide_values(command.clone());
    SettingError::CommandLine(declared.try_get_matches_from(args).err().unwrap_or(error))
}

fn hide_values(command: Command) -> Command {
    command
        .mut_args(|arg| arg.hide_env_values(true))
        .mut_subcommands(hide_values)
}

/// The arguments that an error is about, as clap shows them: `--flag <VALUE>`.
fn arguments_in(error: &clap::Error) -> Vec<String> {
    match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(arg)) => vec![arg.clone()],
        Some(ContextValue::Strings(args)) => args.clone(),
        _ => Vec::new(),
    }
}

/// Whether an argument conflicts with itself, because it is given more than once.
fn is_repeated(error: &clap::Error) -> bool {
    error.get(ContextKind::PriorArg) == error.get(ContextKind::InvalidArg)
}

/// Variable and flag of an argument, wherever in the command it is declared.
fn find_setting(command: &Command, shown: &str) -> Option<(String, String)> {
    let flag = shown.split([' ', '=']).next()?;
    let long = flag.strip_prefix("--")?;
    let here = command
        .get_arguments()
        .find(|arg| arg.get_long() == Some(long));
    let variable = here
        .and_then(|arg| arg.get_env())
        .map(|name| name.to_string_lossy());
    match variable {
        Some(variable) => Some((variable.into_owned(), flag.to_owned())),
        None => command
            .get_subcommands()
            .find_map(|below| find_setting(below, shown)),
    }
}

/// What was expected. The value itself is left out: it may be a secret.
fn expected_value(error: &clap::Error) -> String {
    if let Some(source) = error.source() {
        return source.to_string();
    }
    match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) if !values.is_empty() => {
            format!("it must be one of {}", values.join(", "))
        }
        _ => "it must have a value".to_owned(),
    }
}

#[cfg(test)]
mod tests;
