//! TLS, mutual TLS, and new certificates without a restart.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use holdfast_runtime::serve::{Limits, Tls};
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::CertificateDer;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::certificates::Authority;
use crate::support::{Served, connect, get, serve, talk};

/// A client that trusts `authority`, and shows a certificate of `own` if there is one.
async fn secure(
    served: &Served,
    authority: &Authority,
    own: Option<&Authority>,
) -> io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(authority.certificate()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider);
    let builder = builder.with_safe_default_protocol_versions().unwrap();
    let builder = builder.with_root_certificates(roots);
    let config = match own.map(Authority::client) {
        Some((certificate, key)) => builder
            .with_client_auth_cert(vec![certificate], key)
            .unwrap(),
        None => builder.with_no_client_auth(),
    };
    let name = ServerName::try_from("localhost").unwrap();
    TlsConnector::from(Arc::new(config))
        .connect(name, connect(served.addr).await)
        .await
}

async fn shown(served: &Served, authority: &Authority) -> CertificateDer<'static> {
    let stream = secure(served, authority, None).await.unwrap();
    stream.get_ref().1.peer_certificates().unwrap()[0]
        .clone()
        .into_owned()
}

async fn serve_tls(tls: Tls) -> Served {
    serve(Limits::default(), Some(tls), Duration::from_secs(60)).await
}

#[tokio::test]
async fn a_request_is_answered_over_tls() {
    let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
    let (files, _) = authority.write(folder.path());
    let served = serve_tls(Tls::load(files).unwrap()).await;
    let stream = secure(&served, &authority, None).await.unwrap();
    assert!(
        talk(stream, &get("/hello"))
            .await
            .ends_with("/hello tls=true")
    );
}

#[tokio::test]
async fn mutual_tls_refuses_strangers() {
    let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
    let (mut files, _) = authority.write(folder.path());
    files.client_ca = Some(folder.path().join("ca"));
    std::fs::write(folder.path().join("ca"), authority.pem()).unwrap();
    let served = serve_tls(Tls::load(files).unwrap()).await;
    let stream = secure(&served, &authority, Some(&authority)).await.unwrap();
    assert!(
        talk(stream, &get("/hello"))
            .await
            .ends_with("/hello tls=true")
    );
    for own in [None, Some(&Authority::new())] {
        // With TLS 1.3 the client learns of the refusal only when it reads.
        let response = match secure(&served, &authority, own).await {
            Ok(stream) => talk(stream, &get("/hello")).await,
            Err(_) => String::new(),
        };
        assert_eq!(response, "");
    }
}

#[tokio::test]
async fn a_new_certificate_is_shown_without_a_restart_and_a_broken_one_is_not() {
    let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
    let (files, first) = authority.write(folder.path());
    let tls = Tls::load(files.clone()).unwrap();
    let served = serve_tls(tls.clone()).await;
    tls.follow_files(Duration::from_millis(50), &served.shutdown);
    assert_eq!(shown(&served, &authority).await, first);
    let (_, second) = authority.write(folder.path());
    let changed = async {
        while shown(&served, &authority).await != second {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(60), changed)
        .await
        .expect("the new one must be shown");
    std::fs::write(&files.cert, "broken").unwrap();
    assert!(tls.reload_files().is_err());
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(shown(&served, &authority).await, second);
}

#[tokio::test]
async fn a_client_that_does_not_shake_hands_is_cut_off() {
    let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
    let (files, _) = authority.write(folder.path());
    let limits = Limits {
        handshake_timeout: Duration::from_millis(200),
        ..Limits::default()
    };
    let served = serve(
        limits,
        Some(Tls::load(files).unwrap()),
        Duration::from_secs(60),
    )
    .await;
    let talk = talk(connect(served.addr).await, "");
    assert_eq!(
        timeout(Duration::from_secs(60), talk)
            .await
            .expect("it must be cut off"),
        ""
    );
}

#[test]
fn files_that_do_not_fit_are_named() {
    let (folder, authority) = (tempfile::tempdir().unwrap(), Authority::new());
    let (files, _) = authority.write(folder.path());
    std::fs::write(&files.key, authority.sign().1.serialize_pem()).unwrap();
    assert!(
        Tls::load(files.clone())
            .unwrap_err()
            .to_string()
            .contains("certificate and key")
    );
    std::fs::write(&files.cert, "").unwrap();
    let error = Tls::load(files.clone()).unwrap_err().to_string();
    assert!(error.contains(files.cert.to_str().unwrap()), "{error}");
    std::fs::remove_file(&files.cert).unwrap();
    let error = Tls::load(files.clone()).unwrap_err().to_string();
    assert!(error.contains(files.cert.to_str().unwrap()), "{error}");
}
