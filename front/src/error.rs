//! Why the front cannot start.

use holdfast_runtime::serve::{BindError, TlsError};
use holdfast_runtime::settings::SettingError;
use holdfast_store::StoreError;

/// Why the front cannot start.
#[derive(Debug, thiserror::Error)]
pub enum FrontError {
    /// A setting is missing or wrong.
    #[error(transparent)]
    Setting(#[from] SettingError),
    /// An address cannot be used.
    #[error(transparent)]
    Bind(#[from] BindError),
    /// The certificate cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
}
