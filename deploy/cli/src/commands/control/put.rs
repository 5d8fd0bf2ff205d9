//! `holdfast control put`.

use super::{NamedControl, print_control};
use crate::commands::access::{ReasonedActorArgs, StoreAccess};
use crate::commands::error::CliError;
use clap::Args;
use holdfast_funding::clock::now;
use holdfast_funding::command;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  holdfast control put velocity daily --file daily.json
  echo '{\"amount_limit\":500,\"currency_code\":\"USD\",\"velocity_window\":\"DAY\"}' | holdfast control put velocity daily --file -")]
pub(crate) struct PutControl {
    #[command(flatten)]
    access: StoreAccess,
    #[command(flatten)]
    by: ReasonedActorArgs,
    #[command(flatten)]
    named: NamedControl,
    /// File with its JSON in Marqeta's shape; - is standard input
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
}

impl PutControl {
    pub(super) async fn put_control(self) -> Result<(), CliError> {
        let body = read_body(&self.file).map_err(|error| {
            CliError::Rejected(format!("reading {} failed: {error}", self.file.display()))
        })?;
        let store = self.access.open_store().await?;
        let named = (self.named.kind, self.named.token.as_str());
        let put = command::put_control(&store, &self.by.actor(), named, &body, now()).await?;
        print_control(&self.access, &put.printed)
    }
}

fn read_body(file: &Path) -> io::Result<String> {
    let mut body = String::new();
    if file == Path::new("-") {
        io::stdin().lock().read_to_string(&mut body)?;
    } else {
        body = std::fs::read_to_string(file)?;
    }
    Ok(body)
}
