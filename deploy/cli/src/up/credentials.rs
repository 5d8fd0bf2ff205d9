//! Credentials that `up` generates and stores, so that the next run has the same ones.

use super::UpError;
use holdfast_front::FrontSettings;
use holdfast_runtime::settings::{Credentials, Secret, SettingError};
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

const FILE: &str = "credentials.env";
const GATEWAY: (&str, &str) = ("HOLDFAST_GATEWAY_CREDENTIALS", "--gateway-credentials");
const WEBHOOK: (&str, &str) = ("HOLDFAST_WEBHOOK_CREDENTIALS", "--webhook-credentials");
const OPERATOR_TOKEN: (&str, &str) = ("HOLDFAST_OPERATOR_TOKEN", "--operator-token");

/// Which credentials are configured.
#[derive(Debug, Clone, Copy)]
pub(super) struct Configured {
    pub(super) gateway: bool,
    pub(super) webhook: bool,
    pub(super) operator_token: bool,
}

/// Generated credentials; `None` for a configured one, which must not be shown.
#[derive(Clone, Default)]
pub(super) struct GeneratedCredentials {
    /// `user:password` of `/jit`.
    pub(super) gateway: Option<String>,
    /// `user:password` of `/webhooks`.
    pub(super) webhook: Option<String>,
    /// Bearer token of the private API.
    pub(super) operator_token: Option<String>,
}

impl GeneratedCredentials {
    /// Reads those that are not configured. The first run generates them.
    pub(super) fn open(folder: &Path, configured: Configured) -> Result<Self, UpError> {
        if configured.gateway && configured.webhook && configured.operator_token {
            return Ok(Self::default());
        }
        let path = folder.join(FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => create_file(&path)?,
            Err(error) => return Err(UpError::file("reading", &path)(error)),
        };
        let find = |configured: bool, (name, _): (&str, &str)| {
            let value = text
                .lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            match value.filter(|value| !value.is_empty()) {
                _ if configured => Ok(None),
                Some(value) => Ok(Some(value.to_owned())),
                None => Err(UpError::MissingCredential(path.clone(), name.to_owned())),
            }
        };
        Ok(Self {
            gateway: find(configured.gateway, GATEWAY)?,
            webhook: find(configured.webhook, WEBHOOK)?,
            operator_token: find(configured.operator_token, OPERATOR_TOKEN)?,
        })
    }

    /// Adds them to settings that have none.
    pub(super) fn add_to(&self, front: &mut FrontSettings) -> Result<(), SettingError> {
        let parse = |text: &str, (variable, flag)| {
            text.parse::<Credentials>()
                .map_err(|error| SettingError::wrong(variable, flag, error))
        };
        if let Some(text) = &self.gateway {
            front.public.gateway_credentials = Some(parse(text, GATEWAY)?);
        }
        if let Some(text) = &self.webhook {
            front.public.webhook_credentials = Some(parse(text, WEBHOOK)?);
        }
        if let Some(text) = &self.operator_token {
            front.private.operator_token = Some(Secret::new(text.clone()));
        }
        Ok(())
    }
}

impl std::fmt::Debug for GeneratedCredentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GeneratedCredentials(…)")
    }
}

fn create_file(path: &Path) -> Result<String, UpError> {
    let (gateway, webhook, token) = (random_hex(16)?, random_hex(16)?, random_hex(24)?);
    // Marqeta wants capitals, small letters and digits in a password.
    let text = format!(
        "{}=gateway:Aa1-{gateway}\n{}=webhook:Aa1-{webhook}\n{}={token}\n",
        GATEWAY.0, WEBHOOK.0, OPERATOR_TOKEN.0
    );
    write_private(path, &text)?;
    Ok(text)
}

/// Writes a file that only its owner can read.
pub(super) fn write_private(path: &Path, text: &str) -> Result<(), UpError> {
    let open = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path);
    let written = open.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(UpError::file("writing", path))
}

/// Reads random bytes from the operating system, as hexadecimal digits.
fn random_hex(bytes: usize) -> Result<String, UpError> {
    let source = Path::new("/dev/urandom");
    let mut buffer = vec![0; bytes];
    let read = File::open(source).and_then(|mut file| file.read_exact(&mut buffer));
    read.map_err(UpError::file("reading", source))?;
    Ok(hex::encode(buffer))
}
