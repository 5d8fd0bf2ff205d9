//! The public address: what Marqeta calls.

use std::net::SocketAddr;
use std::time::Duration;

use clap::Args;

use super::{
    Credentials, Header, Secret, SettingError, TlsSettings, parse_address, parse_duration,
};

/// The public address, which serves `/jit` and `/webhooks` and nothing else.
#[derive(Debug, Clone, Args)]
pub struct PublicSettings {
    /// Address that Marqeta calls: `/jit`, `/webhooks`
    #[arg(
        id = "public-addr",
        long = "public-addr",
        env = "HOLDFAST_PUBLIC_ADDR",
        value_name = "ADDR",
        default_value = "127.0.0.1:8080",
        value_parser = parse_address
    )]
    pub addr: SocketAddr,

    /// Basic credentials of `/jit`, `user:password,…`, all valid at once
    #[arg(
        id = "gateway-credentials",
        long = "gateway-credentials",
        env = "HOLDFAST_GATEWAY_CREDENTIALS",
        value_name = "USER:PASSWORD,…"
    )]
    pub gateway_credentials: Option<Credentials>,

    /// Header that a JIT request must also carry
    #[arg(
        id = "gateway-header",
        long = "gateway-header",
        env = "HOLDFAST_GATEWAY_HEADER",
        value_name = "NAME:VALUE"
    )]
    pub gateway_header: Option<Header>,

    /// Basic credentials of `/webhooks`, `user:password,…`, all valid at once
    #[arg(
        id = "webhook-credentials",
        long = "webhook-credentials",
        env = "HOLDFAST_WEBHOOK_CREDENTIALS",
        value_name = "USER:PASSWORD,…"
    )]
    pub webhook_credentials: Option<Credentials>,

    /// HMAC secret; when set, unsigned or wrongly signed notifications are refused
    #[arg(
        id = "webhook-secret",
        long = "webhook-secret",
        env = "HOLDFAST_WEBHOOK_SECRET",
        value_name = "SECRET"
    )]
    pub webhook_secret: Option<Secret>,

    /// TLS and mutual TLS.
    #[command(flatten)]
    pub tls: TlsSettings,

    /// Time limit of a decision: nothing is committed after it
    #[arg(
        id = "decision-deadline", long = "decision-deadline",
        env = "HOLDFAST_DECISION_DEADLINE",
        value_name = "TIME",
        default_value = "2200ms",
        value_parser = parse_duration
    )]
    pub decision_deadline: Duration,
}

impl PublicSettings {
    /// Credentials of `/jit`.
    ///
    /// # Errors
    /// When the setting is missing.
    pub fn gateway_credentials(&self) -> Result<&Credentials, SettingError> {
        self.gateway_credentials.as_ref().ok_or_else(|| {
            SettingError::missing("HOLDFAST_GATEWAY_CREDENTIALS", "--gateway-credentials")
        })
    }

    /// Credentials of `/webhooks`.
    ///
    /// # Errors
    /// When the setting is missing.
    pub fn webhook_credentials(&self) -> Result<&Credentials, SettingError> {
        self.webhook_credentials.as_ref().ok_or_else(|| {
            SettingError::missing("HOLDFAST_WEBHOOK_CREDENTIALS", "--webhook-credentials")
        })
    }
}
