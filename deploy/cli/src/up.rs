//! `holdfast up`: the whole system on one machine, from nothing, and back to nothing but the data.
//!
//! [`parts`] starts Postgres, broker, front and workers and stops them in reverse; [`demo`] opens the
//! accounts that [`play`] spends from and [`payday`] fills; [`screen`] shows the [`figures`]; [`audit`]
//! follows the topics all the while; at the end [`settle`] waits until nothing is owed and [`summary`]
//! says what it all came to. [`live`] is the order of these.

mod api;
mod audit;
mod credentials;
mod demo;
mod error;
mod figures;
mod live;
mod logs;
mod parts;
mod payday;
mod play;
#[cfg(test)]
mod scratch;
mod screen;
mod settings;
mod settle;
mod summary;

pub(crate) use settings::UpArgs;

use error::UpError;
use holdfast_runtime::shutdown::Shutdown;
use parts::Parts;
use screen::Screen;
use settings::Settings;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;

/// Runs until Ctrl-C, or for the time given. 0 when the books balance and the topics showed exactly
/// what was committed; a wrong setting is one sentence and 78.
pub(crate) async fn run(args: UpArgs) -> ExitCode {
    match start_to_end(args).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("holdfast: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}

async fn start_to_end(args: UpArgs) -> Result<bool, UpError> {
    let settings = Settings::resolve(args)?;
    let mut screen = Screen::open(logs::start(&settings)?);
    let signals = Shutdown::default();
    signals.listen().map_err(UpError::Signals)?;
    let mut parts = Parts::default();
    let outcome = match parts.start(&settings, &signals).await {
        Ok(running) => live::live(&settings, &parts, running, &signals, &mut screen).await,
        Err(error) => Err(error),
    };
    // Whatever happened: nothing is left behind.
    let stopped = parts.stop(&signals).await;
    let is_clean = outcome?;
    stopped?;
    Ok(is_clean)
}

/// Where a program on this machine reaches an address that may stand for all of them.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}
