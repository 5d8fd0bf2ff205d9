//! TLS to the front, whose certificate is made for this run and is the only one that is trusted.

use anyhow::Result;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::ServerName;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

const NAME: &str = "localhost";

/// The front's certificate as files, and who trusts it.
pub(crate) struct Certificate {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
    pub(crate) connector: Connector,
}

/// Connects to a front with that certificate.
#[derive(Clone)]
pub(crate) struct Connector(TlsConnector);

impl Certificate {
    /// Makes one, and writes it into `folder`.
    pub(crate) fn make(folder: &Path) -> Result<Self> {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(vec![NAME.to_owned()])?;
        let (certificate, key) = (folder.join("front.crt"), folder.join("front.key"));
        std::fs::write(&certificate, cert.pem())?;
        std::fs::write(&key, signing_key.serialize_pem())?;
        let mut trusted = RootCertStore::empty();
        trusted.add(cert.der().clone())?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(trusted)
            .with_no_client_auth();
        Ok(Self {
            certificate,
            key,
            connector: Connector(TlsConnector::from(Arc::new(config))),
        })
    }
}

impl Connector {
    /// The handshake.
    pub(super) async fn connect(&self, tcp: TcpStream) -> Result<TlsStream<TcpStream>> {
        Ok(self.0.connect(ServerName::try_from(NAME)?, tcp).await?)
    }
}
