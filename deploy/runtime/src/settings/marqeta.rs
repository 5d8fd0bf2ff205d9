//! How to reach Marqeta's Core API.

use clap::Args;

use super::{Secret, SettingError};

/// How to reach Marqeta's Core API: all three settings, or none.
#[derive(Debug, Clone, Args)]
pub struct MarqetaSettings {
    /// Marqeta's Core API, such as `https://sandbox-api.marqeta.com/v3`
    #[arg(
        id = "marqeta-api-url",
        long = "marqeta-api-url",
        env = "HOLDFAST_MARQETA_API_URL",
        value_name = "URL"
    )]
    pub url: Option<String>,

    /// Application token, the user of Marqeta's Core API
    #[arg(
        id = "marqeta-api-user",
        long = "marqeta-api-user",
        env = "HOLDFAST_MARQETA_API_USER",
        value_name = "TOKEN"
    )]
    pub user: Option<Secret>,

    /// Admin access token, the password of Marqeta's Core API
    #[arg(
        id = "marqeta-api-password",
        long = "marqeta-api-password",
        env = "HOLDFAST_MARQETA_API_PASSWORD",
        value_name = "TOKEN"
    )]
    pub password: Option<Secret>,
}

/// Access to Marqeta's Core API.
#[derive(Debug, Clone)]
pub struct MarqetaAccess {
    /// Base address, without a slash at the end.
    pub url: String,
    /// User of the basic authentication.
    pub user: Secret,
    /// Password of the basic authentication.
    pub password: Secret,
}

impl MarqetaSettings {
    /// The access, or `None` when no setting of it is given.
    ///
    /// # Errors
    /// When only some of the three are given.
    pub fn access(&self) -> Result<Option<MarqetaAccess>, SettingError> {
        if self.url.is_none() && self.user.is_none() && self.password.is_none() {
            return Ok(None);
        }
        let missing = SettingError::missing;
        let url = self.url.clone();
        let url = url.ok_or_else(|| missing("HOLDFAST_MARQETA_API_URL", "--marqeta-api-url"))?;
        let user = self.user.clone();
        let user =
            user.ok_or_else(|| missing("HOLDFAST_MARQETA_API_USER", "--marqeta-api-user"))?;
        let password = self
            .password
            .clone()
            .ok_or_else(|| missing("HOLDFAST_MARQETA_API_PASSWORD", "--marqeta-api-password"))?;
        Ok(Some(MarqetaAccess {
            url: url.trim_end_matches('/').to_owned(),
            user,
            password,
        }))
    }
}
