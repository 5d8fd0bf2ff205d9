//! Settings that only operators need: database, private address, workers' address.

use std::net::SocketAddr;

use clap::Args;

use super::{OperatorRole, OperatorToken, OperatorTokens, Secret, SettingError, parse_address};

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
}

impl PrivateSettings {
    /// The operators with access to the private API, the administrator first.
    ///
    /// # Errors
    /// When the administrator's token is missing.
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
        Ok(std::iter::once(administrator).chain(others).collect())
    }
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
        default_value = "127.0.0.1:8082",
        value_parser = parse_address
    )]
    pub addr: SocketAddr,
}
