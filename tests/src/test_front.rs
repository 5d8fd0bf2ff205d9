//! A front in this process.

use crate::{Caller, Secrets};
use clap::Parser;
use holdfast_front::{Front, FrontSettings};
use holdfast_funding::processor::Processor;
use holdfast_marqeta::Marqeta;
use holdfast_runtime::health::Health;
use holdfast_runtime::metrics::Metrics;
use holdfast_runtime::settings::parse_from;
use holdfast_runtime::shutdown::Shutdown;
use std::ops::Deref;
use std::sync::Arc;

/// A running front and its caller. It drains when dropped.
#[derive(Debug)]
pub struct TestFront {
    caller: Caller,
    shutdown: Shutdown,
}

/// How a front is started, besides addresses and credentials.
#[derive(Debug, Clone, Default)]
pub struct TestFrontOptions {
    /// Further flags, such as `--decision-deadline=300ms`.
    pub flags: Vec<String>,
    /// Notifications need no signature.
    pub unsigned: bool,
}

/// The decision deadline of fronts whose deadline is not what a test is about: a busy machine is slow.
pub(crate) const AMPLE_DEADLINE: &str = "60s";

#[derive(Debug, Parser)]
struct Arguments {
    #[command(flatten)]
    front: FrontSettings,
}

impl TestFront {
    /// Opens a front to the database of this address.
    pub async fn open(url: &str) -> Self {
        Self::open_with(url, TestFrontOptions::default()).await
    }

    /// Opens a front for another processor than Marqeta.
    pub async fn open_for(processor: Arc<dyn Processor>, url: &str) -> Self {
        Self::start(processor, url, TestFrontOptions::default()).await
    }

    /// Opens a front for Marqeta with further flags.
    ///
    /// # Panics
    /// When the front does not start.
    pub async fn open_with(url: &str, options: TestFrontOptions) -> Self {
        Self::start(Arc::new(Marqeta), url, options).await
    }

    async fn start(processor: Arc<dyn Processor>, url: &str, options: TestFrontOptions) -> Self {
        let secrets = Secrets::fresh();
        let mut flags = flags(url, &secrets);
        if options.unsigned {
            flags.retain(|flag| !flag.starts_with("--webhook-secret"));
        }
        let name = |flag: &str| flag.split('=').next().map(str::to_owned);
        flags.retain(|flag| !options.flags.iter().any(|given| name(given) == name(flag)));
        let program = std::iter::once("front".to_owned());
        let arguments = program.chain(flags).chain(options.flags).map(Into::into);
        let arguments: Arguments = parse_from(arguments, &|_| None).unwrap();
        let shutdown = Shutdown::new(Health::new());
        let front = Front::start(processor, arguments.front, Metrics::new(), &shutdown)
            .await
            .unwrap();
        Self {
            caller: Caller::new(front.public, front.private, secrets),
            shutdown,
        }
    }
}

fn flags(url: &str, secrets: &Secrets) -> Vec<String> {
    vec![
        "--public-addr=127.0.0.1:0".to_owned(),
        "--private-addr=127.0.0.1:0".to_owned(),
        format!("--decision-deadline={AMPLE_DEADLINE}"),
        format!("--database-url={url}"),
        format!("--gateway-credentials={}", secrets.gateway),
        format!("--webhook-credentials={}", secrets.webhook),
        format!("--webhook-secret={}", secrets.signing),
        format!("--operator-token={}", secrets.operator),
    ]
}

impl Deref for TestFront {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl Drop for TestFront {
    fn drop(&mut self) {
        self.shutdown.cut_short();
    }
}
