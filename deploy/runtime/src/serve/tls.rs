//! TLS and mutual TLS from PEM files that are read again when they change.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use rustls::crypto::ring;
use rustls::server::{VerifierBuilderError, WebPkiClientVerifier};
use rustls::{RootCertStore, ServerConfig};
use rustls_pki_types::pem::{self, PemObject};
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

use crate::shutdown::Shutdown;

/// The PEM files of a TLS address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// Certificate chain, the server's own certificate first.
    pub cert: PathBuf,
    /// Private key of that certificate.
    pub key: PathBuf,
    /// Authorities whose client certificates are required (mutual TLS).
    pub client_ca: Option<PathBuf>,
}

/// Why TLS cannot be offered.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("cannot read the TLS file {path} (settings HOLDFAST_TLS_…): {source}", path = .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A file is not PEM, or does not hold what it should.
    #[error("cannot use the TLS file {path} (settings HOLDFAST_TLS_…): {source}", path = .path.display())]
    Pem {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: pem::Error,
    },
    /// Certificate, key or authorities do not fit.
    #[error("cannot use the TLS certificate and key (settings HOLDFAST_TLS_…): {0}")]
    Rustls(#[from] rustls::Error),
    /// The client authorities are not usable.
    #[error("cannot use the client authorities (setting HOLDFAST_TLS_CLIENT_CA): {0}")]
    Clients(#[from] VerifierBuilderError),
}

/// TLS for a server. Cheap to clone; all clones follow the same files.
#[derive(Debug, Clone)]
pub struct Tls {
    files: TlsFiles,
    current: Arc<ArcSwap<Loaded>>,
}

#[derive(Debug)]
struct Loaded {
    texts: Texts,
    config: Arc<ServerConfig>,
}

/// The files' contents; compared instead of their times, which may be coarse or restored.
#[derive(Debug, PartialEq, Eq)]
struct Texts {
    cert: Vec<u8>,
    key: Vec<u8>,
    client_ca: Option<Vec<u8>>,
}

impl Tls {
    /// Reads the files once. Call [`Tls::follow_files`] to notice changes.
    ///
    /// # Errors
    /// When a file cannot be read or the contents do not fit together.
    pub fn load(files: TlsFiles) -> Result<Self, TlsError> {
        let texts = Texts::read_files(&files)?;
        let config = texts.build_config(&files)?;
        let current = Arc::new(ArcSwap::from_pointee(Loaded { texts, config }));
        Ok(Self { files, current })
    }

    /// Looks at the files every `interval` until `shutdown` drains. Connections that are open keep
    /// what they started with.
    pub fn follow_files(&self, interval: Duration, shutdown: &Shutdown) {
        let (tls, draining) = (self.clone(), shutdown.draining());
        shutdown.tasks().spawn(async move {
            tokio::pin!(draining);
            loop {
                tokio::select! {
                    () = &mut draining => return,
                    () = tokio::time::sleep(interval) => {}
                }
                match tls.reload_files() {
                    Ok(true) => tracing::info!("Loaded the changed TLS files"),
                    Ok(false) => {}
                    Err(error) => tracing::warn!(%error, "Keeping the TLS files loaded before"),
                }
            }
        });
    }

    /// Reads the files again; whether they had changed.
    ///
    /// # Errors
    /// When the new files are unusable; the old ones stay in force.
    pub fn reload_files(&self) -> Result<bool, TlsError> {
        let texts = Texts::read_files(&self.files)?;
        if texts == self.current.load().texts {
            return Ok(false);
        }
        let config = texts.build_config(&self.files)?;
        self.current.store(Arc::new(Loaded { texts, config }));
        Ok(true)
    }

    pub(super) fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.current.load().config))
    }
}

impl Texts {
    fn read_files(files: &TlsFiles) -> Result<Self, TlsError> {
        let client_ca = files.client_ca.as_deref().map(read_file).transpose()?;
        Ok(Self {
            cert: read_file(&files.cert)?,
            key: read_file(&files.key)?,
            client_ca,
        })
    }

    fn build_config(&self, files: &TlsFiles) -> Result<Arc<ServerConfig>, TlsError> {
        // Named, not taken from the process: two providers in one binary would make it panic.
        let provider = Arc::new(ring::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()?;
        let builder = match (&self.client_ca, &files.client_ca) {
            (Some(text), Some(path)) => {
                let roots = Arc::new(parse_roots(path, text)?);
                let verifier = WebPkiClientVerifier::builder_with_provider(roots, provider);
                builder.with_client_cert_verifier(verifier.build()?)
            }
            _ => builder.with_no_client_auth(),
        };
        let wrong_key = |source| TlsError::Pem {
            path: files.key.clone(),
            source,
        };
        let key = PrivateKeyDer::from_pem_slice(&self.key).map_err(wrong_key)?;
        let chain = parse_certificates(&files.cert, &self.cert)?;
        let mut config = builder.with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}

fn read_file(path: &Path) -> Result<Vec<u8>, TlsError> {
    std::fs::read(path).map_err(|source| TlsError::Read {
        path: path.to_owned(),
        source,
    })
}

fn parse_certificates(path: &Path, text: &[u8]) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let wrong = |source| TlsError::Pem {
        path: path.to_owned(),
        source,
    };
    let all: Vec<_> = CertificateDer::pem_slice_iter(text)
        .collect::<Result<_, _>>()
        .map_err(wrong)?;
    if all.is_empty() {
        Err(wrong(pem::Error::NoItemsFound))
    } else {
        Ok(all)
    }
}

fn parse_roots(path: &Path, text: &[u8]) -> Result<RootCertStore, TlsError> {
    let mut roots = RootCertStore::empty();
    for certificate in parse_certificates(path, text)? {
        roots.add(certificate)?;
    }
    Ok(roots)
}
