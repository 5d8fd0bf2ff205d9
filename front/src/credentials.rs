//! Authentication of requests: Basic credentials, a required header and Bearer tokens. Secrets are
//! compared by their digests and in constant time, and every one of several valid secrets is compared,
//! so that the time says nothing about them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use holdfast_runtime::settings::{Credentials, Header};
use http::HeaderMap;
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

/// SHA-256 of a secret: all that is kept of it.
#[derive(Clone)]
pub struct Fingerprint([u8; 32]);

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fingerprint")
    }
}

impl Fingerprint {
    /// The fingerprint of a secret.
    #[must_use]
    pub fn of(secret: &[u8]) -> Self {
        Self(Sha256::digest(secret).into())
    }

    /// Is it that of the same secret?
    #[must_use]
    pub fn matches(&self, other: &Self) -> Choice {
        self.0.ct_eq(&other.0)
    }
}

/// Basic credentials, and the header that must come with them.
#[derive(Debug, Clone)]
pub struct BasicAuth {
    valid: Vec<Fingerprint>,
    header: Option<(http::HeaderName, Fingerprint)>,
}

impl BasicAuth {
    /// Admits these credentials.
    #[must_use]
    pub fn new(credentials: &Credentials, header: Option<&Header>) -> Self {
        let fingerprint = |credential: &holdfast_runtime::settings::Credential| {
            let text = format!("{}:{}", credential.user, credential.password.expose());
            Fingerprint::of(text.as_bytes())
        };
        Self {
            valid: credentials.iter().map(fingerprint).collect(),
            header: header.map(|header| {
                (
                    header.name.clone(),
                    Fingerprint::of(header.value.expose().as_bytes()),
                )
            }),
        }
    }

    /// Do the headers hold valid credentials?
    #[must_use]
    pub fn admits(&self, headers: &HeaderMap) -> bool {
        let sent = Fingerprint::of(&basic_credentials(headers).unwrap_or_default());
        let known = self
            .valid
            .iter()
            .fold(Choice::from(0), |known, valid| known | valid.matches(&sent));
        let header = match &self.header {
            None => Choice::from(1),
            Some((name, value)) => {
                let sent = headers.get(name).map_or(&b""[..], |value| value.as_bytes());
                value.matches(&Fingerprint::of(sent))
            }
        };
        (known & header).into()
    }
}

fn basic_credentials(headers: &HeaderMap) -> Option<Vec<u8>> {
    let value = headers.get(http::header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("basic")
        .then(|| STANDARD.decode(encoded.trim()).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(authorization: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(http::header::AUTHORIZATION, authorization.parse().unwrap());
        headers
    }

    #[test]
    fn several_credentials_are_valid_at_once_and_no_other() {
        let guard = BasicAuth::new(&"a:1,b:2:3".parse().unwrap(), None);
        let basic = |text: &str| headers(&format!("Basic {}", STANDARD.encode(text)));
        assert!(guard.admits(&basic("a:1")));
        assert!(guard.admits(&basic("b:2:3")));
        assert!(!guard.admits(&basic("a:2")));
        assert!(!guard.admits(&basic("")));
        assert!(!guard.admits(&headers("Bearer a:1")));
        assert!(!guard.admits(&HeaderMap::new()));
    }
}
