//! The environment as a whole: each variable of ours must be known, and a setting given once.

use std::collections::BTreeSet;
use std::ffi::OsString;

use super::SettingError;
use super::known::{is_known, nearest_known};

/// Checks all variables that begin with `HOLDFAST_`. An empty one counts as not given.
///
/// # Errors
/// For an unknown variable, and for a setting beside its own `_FILE`.
pub(super) fn check_environment(
    variables: impl Iterator<Item = (OsString, OsString)>,
) -> Result<(), SettingError> {
    let given: BTreeSet<String> = variables
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, _)| name.to_string_lossy().into_owned())
        .filter(|name| name.starts_with("HOLDFAST_"))
        .collect();
    if let Some(unknown) = given.iter().find(|name| !is_known(name)) {
        return Err(SettingError::UnknownVariable {
            nearest: nearest_known(unknown),
            variable: unknown.clone(),
        });
    }
    let is_twice = |name: &&String| given.contains(&format!("{name}_FILE"));
    match given.iter().find(is_twice) {
        Some(variable) => Err(SettingError::ValueAndFile(variable.clone())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(variables: &[(&str, &str)]) -> Result<(), String> {
        let variables = variables.iter().map(|(k, v)| (k.into(), v.into()));
        check_environment(variables).map_err(|error| error.to_string())
    }

    #[test]
    fn an_unknown_variable_is_refused_unless_it_is_empty_or_not_ours() {
        assert_eq!(
            check(&[("HOLDFAST_LOGS", "info")]).unwrap_err(),
            "setting HOLDFAST_LOGS is unknown; the nearest known one is HOLDFAST_LOG: correct it, or remove it"
        );
        let fine = [("HOLDFAST_LOGS", ""), ("LOGS", "x"), ("HOLDFAST_LOG", "x")];
        assert_eq!(check(&fine), Ok(()));
    }

    #[test]
    fn a_setting_beside_its_file_is_refused() {
        let twice = [("HOLDFAST_LOG", "info"), ("HOLDFAST_LOG_FILE", "/x")];
        assert_eq!(
            check(&twice).unwrap_err(),
            "setting HOLDFAST_LOG is given twice, also as HOLDFAST_LOG_FILE: remove one of them"
        );
        assert_eq!(check(&[twice[0], ("HOLDFAST_LOG_FILE", "")]), Ok(()));
    }
}
