//! The front's address, and the credentials for it.

use std::fmt;
use std::time::Duration;

use crate::SimulatorError;

/// How long Marqeta waits for a JIT response.
const RESPONSE_LIMIT: Duration = Duration::from_secs(3);
/// How long a delivery may take; Marqeta does not document its limit.
const DELIVERY_LIMIT: Duration = Duration::from_secs(10);

/// Basic authentication.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    user: String,
    password: String,
}

/// The address of one Holdfast, and the credentials for it.
#[derive(Clone)]
pub struct FrontClientSettings {
    /// `http://host:port`.
    pub public_url: String,
    /// For `/jit`.
    pub gateway: Credentials,
    /// A header that `/jit` requires in addition.
    pub gateway_header: Option<(String, String)>,
    /// For `/webhooks`.
    pub webhooks: Credentials,
    /// Signs envelopes when given.
    pub webhook_secret: Option<String>,
    /// How long to wait for a JIT response; 3 s as Marqeta does.
    pub response_limit: Duration,
    /// How long to wait for a delivery.
    pub delivery_limit: Duration,
}

impl Credentials {
    /// Reads `user:password`.
    pub fn parse(text: &str) -> Result<Self, SimulatorError> {
        let (user, password) = text.split_once(':').ok_or(SimulatorError::Credentials)?;
        Ok(Self {
            user: user.to_owned(),
            password: password.to_owned(),
        })
    }

    /// The text that Basic authentication encodes.
    pub(super) fn text(&self) -> String {
        format!("{}:{}", self.user, self.password)
    }
}

impl FrontClientSettings {
    /// Settings with Marqeta's limits and no signature.
    pub fn new(public_url: &str, gateway: Credentials, webhooks: Credentials) -> Self {
        Self {
            public_url: public_url.to_owned(),
            gateway,
            gateway_header: None,
            webhooks,
            webhook_secret: None,
            response_limit: RESPONSE_LIMIT,
            delivery_limit: DELIVERY_LIMIT,
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for FrontClientSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrontClientSettings")
            .field("public_url", &self.public_url)
            .field("signed", &self.webhook_secret.is_some())
            .field("response_limit", &self.response_limit)
            .field("delivery_limit", &self.delivery_limit)
            .finish_non_exhaustive()
    }
}
