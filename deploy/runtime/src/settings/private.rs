//! Settings that only operators need: database, private address, workers' address.

use std::net::SocketAddr;

use clap::Args;

use super::{
    OperatorRole, OperatorToken, OperatorTokens, PrivateTlsSettings, Secret, SettingError,
    parse_address,
};

/// Characters of an operator's token: fewer can be guessed.
const TOKEN_CHARS_MIN: usize = 20;

/// How to reach Postgres.
#[derive(Debug, Clone, Args)]
pub struct DatabaseSettings {
    /// Postgres 14 or newer, `postgres://user:password@host:port/database`
    #[arg(
        id = "database-url",
        long = "database-url",
        env = "HOLDFAST_DATABASE_URL",
        value_name = "URL"
    )]
    pub url: Option<Secret>,
}

impl DatabaseSettings {
    /// The address, for processes that require it.
    ///
    /// # Errors
    /// When the setting is missing.
    pub fn url(&self) -> Result<&Secret, SettingError> {
        let missing = || SettingError::missing("HOLDFAST_DATABASE_URL", "--database-url");
        self.url.as_ref().ok_or_else(missing)
    }
}

/// The private address and its operators.
#[derive(Debug, Clone, Args)]
pub struct PrivateSettings {
    /// Address for operators: `/api/v1`, console at `/`, `/livez`, `/readyz`, `/metrics`
    #[arg(
        id = "private-addr",
        long = "private-addr",
        env = "HOLDFAST_PRIVATE_ADDR",
        value_name = "ADDR",
        default_value = "127.0.0.1:8081",
        value_parser = parse_address
    )]
    pub addr: SocketAddr,

    /// Bearer token of the private API, for the administrator named `operator`
    #[arg(
        id = "operator-token",
        long = "operator-token",
        env = "HOLDFAST_OPERATOR_TOKEN",
        value_name = "TOKEN"
    )]
    pub operator_token: Option<Secret>,

    /// More operators, `name:role:token,…` with the roles `viewer`, `operator`, `admin`
    #[arg(
        id = "operator-tokens",
        long = "operator-tokens",
        env = "HOLDFAST_OPERATOR_TOKENS",
        value_name = "LIST"
    )]
    pub operator_tokens: Option<OperatorTokens>,

    /// TLS and mutual TLS on the private address.
    #[command(flatten)]
    pub tls: PrivateTlsSettings,
}

impl PrivateSettings {
    /// The operators with access to the private API, the administrator first.
    ///
    /// # Errors
    /// When the administrator's token is missing, when a token has fewer than 20 characters, or when a name or a
    /// token is used twice.
    pub fn operators(&self) -> Result<Vec<OperatorToken>, SettingError> {
        let token = self
            .operator_token
            .clone()
            .ok_or_else(|| SettingError::missing("HOLDFAST_OPERATOR_TOKEN", "--operator-token"))?;
        let administrator = OperatorToken {
            name: "operator".to_owned(),
            role: OperatorRole::Admin,
            token,
        };
        let others = self
            .operator_tokens
            .iter()
            .flat_map(OperatorTokens::iter)
            .cloned();
        let all: Vec<OperatorToken> = std::iter::once(administrator).chain(others).collect();
        check_tokens(&all)?;
        Ok(all)
    }
}

/// Refuses a token that can be guessed, and one that would make two operators of one.
fn check_tokens(all: &[OperatorToken]) -> Result<(), SettingError> {
    for (index, one) in all.iter().enumerate() {
        let earlier = all.iter().take(index);
        let reason = if one.token.expose().chars().count() < TOKEN_CHARS_MIN {
            format!(
                "the token of {} has fewer than {TOKEN_CHARS_MIN} characters",
                one.name
            )
        } else if let Some(other) = earlier.clone().find(|other| other.name == one.name) {
            format!("the name {} is used twice", other.name)
        } else if let Some(other) = earlier
            .clone()
            .find(|other| other.token.expose() == one.token.expose())
        {
            format!("{} and {} have the same token", other.name, one.name)
        } else {
            continue;
        };
        // The first one is the administrator, of the other setting.
        let (variable, flag) = match index {
            0 => ("HOLDFAST_OPERATOR_TOKEN", "--operator-token"),
            _ => ("HOLDFAST_OPERATOR_TOKENS", "--operator-tokens"),
        };
        return Err(SettingError::wrong(variable, flag, reason));
    }
    Ok(())
}

/// The workers' own address.
#[derive(Debug, Clone, Args)]
pub struct WorkersSettings {
    /// Address of the workers' `/livez`, `/readyz` and `/metrics`
    #[arg(
        id = "workers-addr",
        long = "workers-addr",
        env = "HOLDFAST_WORKERS_ADDR",
        value_name = "ADDR",
        default_value = "127.0.0.1:8082"
    )]
    pub addr: SocketAddr,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::parse_from;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Arguments {
        #[command(flatten)]
        private: PrivateSettings,
    }

    const LONG: &str = "aaaaaaaaaaaaaaaaaaaaaaaa";
    const OTHER: &str = "bbbbbbbbbbbbbbbbbbbbbbbb";

    fn operators(token: &str, others: &str) -> Result<Vec<OperatorToken>, SettingError> {
        let words = [
            "front".to_owned(),
            format!("--operator-token={token}"),
            format!("--operator-tokens={others}"),
        ];
        let arguments: Arguments = parse_from(words.map(Into::into), &|_| None)?;
        arguments.private.operators()
    }

    #[test]
    fn a_short_token_and_one_of_two_operators_are_refused() {
        let known = operators(LONG, &format!("ann:viewer:{OTHER}")).unwrap();
        assert_eq!(known.len(), 2);
        for (token, others, variable, wanted) in [
            (
                "short",
                format!("ann:viewer:{OTHER}"),
                "TOKEN ",
                "operator has fewer than 20",
            ),
            (
                LONG,
                "ann:viewer:short".to_owned(),
                "TOKENS ",
                "ann has fewer than 20",
            ),
            (
                LONG,
                format!("ann:viewer:{LONG}"),
                "TOKENS ",
                "operator and ann have the same token",
            ),
            (
                LONG,
                format!("operator:viewer:{OTHER}"),
                "TOKENS ",
                "operator is used twice",
            ),
        ] {
            let error = operators(token, &others).unwrap_err();
            assert_eq!(error.exit_code(), 78);
            let text = error.to_string();
            assert!(
                text.contains(&format!("HOLDFAST_OPERATOR_{variable}")),
                "{text}"
            );
            assert!(text.contains(wanted), "{text}");
            assert!(!text.contains(LONG) && !text.contains("short"), "{text}");
        }
    }
}
