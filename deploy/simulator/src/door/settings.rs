//! Where the door is and how one gets in.

use std::fmt;
use std::time::Duration;

use crate::SimulatorError;

/// How long Marqeta waits for a JIT answer.
const ASK_LIMIT: Duration = Duration::from_secs(3);
/// How long a delivery may take; Marqeta does not document its limit.
const DELIVER_LIMIT: Duration = Duration::from_secs(10);

/// Basic authentication.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    user: String,
    password: String,
}

/// The address of one Holdfast and what opens it.
#[derive(Clone)]
pub struct DoorSettings {
    /// `http://host:port`.
    pub public_url: String,
    /// For `/jit`.
    pub gateway: Credentials,
    /// A header that `/jit` wants besides.
    pub gateway_header: Option<(String, String)>,
    /// For `/webhooks`.
    pub webhooks: Credentials,
    /// Signs envelopes when given.
    pub webhook_secret: Option<String>,
    /// How long to wait for a JIT answer; 3 s as Marqeta does.
    pub ask_limit: Duration,
    /// How long to wait for a delivery.
    pub deliver_limit: Duration,
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

impl DoorSettings {
    /// Settings with Marqeta's limits and no signature.
    pub fn new(public_url: &str, gateway: Credentials, webhooks: Credentials) -> Self {
        Self {
            public_url: public_url.to_owned(),
            gateway,
            gateway_header: None,
            webhooks,
            webhook_secret: None,
            ask_limit: ASK_LIMIT,
            deliver_limit: DELIVER_LIMIT,
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

impl fmt::Debug for DoorSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DoorSettings")
            .field("public_url", &self.public_url)
            .field("signed", &self.webhook_secret.is_some())
            .field("ask_limit", &self.ask_limit)
            .field("deliver_limit", &self.deliver_limit)
            .finish_non_exhaustive()
    }
}
