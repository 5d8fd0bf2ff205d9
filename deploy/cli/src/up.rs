//! `holdfast up`: starts the whole system on one machine, and stops it; only the data stays.
//!
//! [`parts`] starts Postgres, broker, front and workers, and stops them in reverse. In between a
//! [`Session`] runs the demo traffic and checks the result.

mod credentials;
mod error;
mod header;
mod logs;
mod parts;
mod settings;
mod traffic;

pub(crate) use settings::UpArgs;

use error::UpError;
use holdfast_demo::{ApiClient, Screen, Session};
use holdfast_runtime::settings::Secret;
use holdfast_runtime::shutdown::Shutdown;
use parts::{Parts, RunningSystem};
use settings::Settings;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::process::ExitCode;

/// Runs until Ctrl-C, or for the given time. Exits with 0 when all checks passed, 78 on a wrong setting.
pub(crate) async fn run_system(args: UpArgs) -> ExitCode {
    match start_and_stop(args).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("holdfast: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}

async fn start_and_stop(args: UpArgs) -> Result<bool, UpError> {
    let settings = Settings::resolve(args)?;
    let mut screen = Screen::open(logs::start_logging(&settings)?);
    let signals = Shutdown::default();
    signals.listen_for_signals().map_err(UpError::Signals)?;
    let mut parts = Parts::default();
    let outcome = match parts.start(&settings, &signals).await {
        Ok(running) => run_session(&settings, &parts, running, &signals, &mut screen).await,
        Err(error) => Err(error),
    };
    // Also after an error: no part may outlive this process.
    let stopped = parts.stop(&signals).await;
    let is_clean = outcome?;
    stopped?;
    Ok(is_clean)
}

/// Runs the session until its end. A second Ctrl-C interrupts it.
async fn run_session(
    settings: &Settings,
    parts: &Parts,
    running: RunningSystem,
    signals: &Shutdown,
    screen: &mut Screen,
) -> Result<bool, UpError> {
    screen.print(&header::render_header(settings, &running, screen.style()));
    let private = local_address(running.front.private);
    let session = Session {
        store: running.store,
        api: ApiClient::new(private, administrator_token(settings)?),
        signals,
        run_for: settings.args.run_for,
    };
    let audit = running.audit;
    let whole = async {
        let outcome = if settings.args.no_traffic {
            session.run_idle(audit, parts.close_front(), screen).await
        } else {
            let traffic = traffic::traffic_settings(settings, running.front.public)?;
            session.run_traffic(audit, traffic, screen).await
        };
        Ok(outcome?)
    };
    tokio::select! {
        outcome = whole => outcome,
        () = signals.cut() => Err(UpError::Interrupted),
    }
}

fn administrator_token(settings: &Settings) -> Result<Secret, UpError> {
    let operators = settings.args.front.private.operators()?;
    let administrator = operators.into_iter().next();
    administrator
        .map(|operator| operator.token)
        .ok_or(UpError::Broken("reading the operators"))
}

/// The address for a client on this machine; an unspecified address becomes the loopback address.
fn local_address(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}
