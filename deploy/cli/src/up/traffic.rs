//! How the simulated network reaches the front.

use super::UpError;
use super::settings::Settings;
use holdfast_demo::{DemoError, TrafficSettings};
use holdfast_runtime::settings::{Credentials, Secret};
use holdfast_simulator::{self as simulator, FrontClientSettings, SimulatorError};
use std::net::SocketAddr;

/// The settings of the traffic, with the front's address and the credentials that it accepts.
pub(super) fn traffic_settings(
    settings: &Settings,
    public: SocketAddr,
) -> Result<TrafficSettings, UpError> {
    let front = &settings.args.front.public;
    let gateway = first_credentials(front.gateway_credentials()?).map_err(DemoError::from)?;
    let webhooks = first_credentials(front.webhook_credentials()?).map_err(DemoError::from)?;
    let url = format!("http://{}", super::local_address(public));
    let header = front.gateway_header.as_ref();
    let secret = front.webhook_secret.as_ref();
    let front = FrontClientSettings {
        gateway_header: header.map(|h| (h.name.to_string(), h.value.expose().to_owned())),
        webhook_secret: secret.map(|secret| Secret::expose(secret).to_owned()),
        ..FrontClientSettings::new(&url, gateway, webhooks)
    };
    let rate = settings.args.rate;
    Ok(TrafficSettings { front, rate })
}

fn first_credentials(credentials: &Credentials) -> Result<simulator::Credentials, SimulatorError> {
    let first = credentials.first().ok_or(SimulatorError::Credentials)?;
    simulator::Credentials::parse(&format!("{}:{}", first.user, first.password.expose()))
}
