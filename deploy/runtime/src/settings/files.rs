//! `NAME_FILE`: a setting whose value is in a file, as orchestrators provide secrets.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{OsStr, Resettable};
use clap::{Arg, Command};

use super::SettingError;

/// Reads an environment variable. A parameter, so that tests need not change the environment.
pub(super) type Lookup<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// Gives every setting of `command` and its subcommands the value of its `_FILE` variable, below
/// its flag and its own variable.
pub(super) fn supply_file_values(
    command: Command,
    lookup: Lookup<'_>,
) -> Result<Command, SettingError> {
    let mut failure = None;
    let command = supply_each(command, &mut |arg| match with_file(arg.clone(), lookup) {
        Ok(arg) => arg,
        Err(error) => {
            failure.get_or_insert(error);
            arg
        }
    });
    failure.map_or(Ok(command), Err)
}

fn supply_each(command: Command, change: &mut dyn FnMut(Arg) -> Arg) -> Command {
    let command = command.mut_args(&mut *change);
    command.mut_subcommands(|subcommand| supply_each(subcommand, change))
}

fn with_file(arg: Arg, lookup: Lookup<'_>) -> Result<Arg, SettingError> {
    let Some(variable) = arg
        .get_env()
        .and_then(|name| name.to_str())
        .map(str::to_owned)
    else {
        return Ok(arg);
    };
    // Values of variables are often secrets: help must not show them.
    let arg = arg.hide_env_values(true);
    if lookup(&variable).is_some_and(|value| !value.is_empty()) {
        return Ok(arg);
    }
    // Compose files set an unset variable to an empty text.
    let arg = arg.env(Resettable::<OsStr>::Reset);
    let file_variable = format!("{variable}_FILE");
    let Some(path) = lookup(&file_variable).filter(|path| !path.is_empty()) else {
        return Ok(arg);
    };
    let value = read_file(file_variable, path.into())?;
    // clap needs defaults that are never freed.
    let value: &'static str = Box::leak(value.into_boxed_str());
    Ok(arg
        .default_value(value)
        .hide_default_value(true)
        .required(false))
}

fn read_file(variable: String, path: PathBuf) -> Result<String, SettingError> {
    match std::fs::read_to_string(&path) {
        Ok(text) => {
            let text = text.strip_suffix('\n').unwrap_or(&text);
            Ok(text.strip_suffix('\r').unwrap_or(text).to_owned())
        }
        Err(error) => Err(SettingError::File {
            variable,
            path,
            reason: error.to_string(),
        }),
    }
}
