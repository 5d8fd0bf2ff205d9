//! TLS on the public and on the private address.

use std::path::PathBuf;

use clap::Args;

use super::SettingError;
use crate::serve::TlsFiles;

/// TLS on the public address; without it the address speaks plain HTTP.
#[derive(Debug, Clone, Default, Args)]
pub struct TlsSettings {
    /// PEM file with the certificate chain; read again when it changes
    #[arg(
        id = "tls-cert",
        long = "tls-cert",
        env = "HOLDFAST_TLS_CERT",
        value_name = "FILE"
    )]
    pub cert: Option<PathBuf>,

    /// PEM file with the certificate's private key; read again when it changes
    #[arg(
        id = "tls-key",
        long = "tls-key",
        env = "HOLDFAST_TLS_KEY",
        value_name = "FILE"
    )]
    pub key: Option<PathBuf>,

    /// PEM file with the authorities whose client certificates are required (mutual TLS)
    #[arg(
        id = "tls-client-ca",
        long = "tls-client-ca",
        env = "HOLDFAST_TLS_CLIENT_CA",
        value_name = "FILE"
    )]
    pub client_ca: Option<PathBuf>,
}

impl TlsSettings {
    /// The files to use, or `None` for plain HTTP.
    ///
    /// # Errors
    /// When a certificate comes without its key, a key without its certificate, or an authority
    /// without both.
    pub fn tls_files(&self) -> Result<Option<TlsFiles>, SettingError> {
        let names = [
            ("HOLDFAST_TLS_CERT", "--tls-cert"),
            ("HOLDFAST_TLS_KEY", "--tls-key"),
        ];
        pair_files([&self.cert, &self.key, &self.client_ca], names)
    }
}

/// TLS on the private address; without it the address speaks plain HTTP.
#[derive(Debug, Clone, Default, Args)]
pub struct PrivateTlsSettings {
    /// PEM file with the certificate chain of the private address; read again when it changes
    #[arg(
        id = "private-tls-cert",
        long = "private-tls-cert",
        env = "HOLDFAST_PRIVATE_TLS_CERT",
        value_name = "FILE"
    )]
    pub cert: Option<PathBuf>,

    /// PEM file with that certificate's private key; read again when it changes
    #[arg(
        id = "private-tls-key",
        long = "private-tls-key",
        env = "HOLDFAST_PRIVATE_TLS_KEY",
        value_name = "FILE"
    )]
    pub key: Option<PathBuf>,

    /// PEM file with the authorities whose client certificates operators need (mutual TLS)
    #[arg(
        id = "private-tls-client-ca",
        long = "private-tls-client-ca",
        env = "HOLDFAST_PRIVATE_TLS_CLIENT_CA",
        value_name = "FILE"
    )]
    pub client_ca: Option<PathBuf>,
}

impl PrivateTlsSettings {
    /// The files to use, or `None` for plain HTTP.
    ///
    /// # Errors
    /// As [`TlsSettings::tls_files`].
    pub fn tls_files(&self) -> Result<Option<TlsFiles>, SettingError> {
        let names = [
            ("HOLDFAST_PRIVATE_TLS_CERT", "--private-tls-cert"),
            ("HOLDFAST_PRIVATE_TLS_KEY", "--private-tls-key"),
        ];
        pair_files([&self.cert, &self.key, &self.client_ca], names)
    }
}

/// The files of one address, certificate and key together; the names are those of the certificate and of the key.
fn pair_files(
    [cert, key, client_ca]: [&Option<PathBuf>; 3],
    [(cert_name, cert_flag), (key_name, key_flag)]: [(&'static str, &'static str); 2],
) -> Result<Option<TlsFiles>, SettingError> {
    let client_ca = client_ca.clone();
    match (cert.clone(), key.clone()) {
        (Some(cert), Some(key)) => Ok(Some(TlsFiles {
            cert,
            key,
            client_ca,
        })),
        (None, None) if client_ca.is_none() => Ok(None),
        (None, _) => Err(SettingError::missing(cert_name, cert_flag)),
        (Some(_), None) => Err(SettingError::missing(key_name, key_flag)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_needs_its_key_and_an_authority_needs_both() {
        let path = || Some(PathBuf::from("x"));
        let files = |cert, key, client_ca| {
            TlsSettings {
                cert,
                key,
                client_ca,
            }
            .tls_files()
        };
        assert!(files(None, None, None).unwrap().is_none());
        assert!(files(path(), path(), path()).unwrap().is_some());
        assert!(
            files(path(), None, None)
                .unwrap_err()
                .to_string()
                .contains("HOLDFAST_TLS_KEY")
        );
        assert!(
            files(None, path(), None)
                .unwrap_err()
                .to_string()
                .contains("HOLDFAST_TLS_CERT")
        );
        assert!(
            files(None, None, path())
                .unwrap_err()
                .to_string()
                .contains("HOLDFAST_TLS_CERT")
        );
    }

    #[test]
    fn the_private_address_names_its_own_settings() {
        let refusal = |cert: Option<&str>, key: Option<&str>| {
            let settings = PrivateTlsSettings {
                cert: cert.map(PathBuf::from),
                key: key.map(PathBuf::from),
                client_ca: None,
            };
            settings.tls_files().unwrap_err().to_string()
        };
        assert!(refusal(Some("x"), None).contains("HOLDFAST_PRIVATE_TLS_KEY"));
        assert!(refusal(None, Some("x")).contains("HOLDFAST_PRIVATE_TLS_CERT"));
    }
}
