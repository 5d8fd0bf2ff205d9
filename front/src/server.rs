//! Starting the front: connections, decision workers, and both addresses.

use crate::api;
use crate::credentials::BasicAuth;
use crate::decision_queue::{DecisionContext, DecisionOptions, DecisionQueues};
use crate::elsewhere::{refuse_private, refuse_public};
use crate::jit::Jit;
use crate::metrics::FrontMetrics;
use crate::refusals::Refusals;
use crate::settings::FrontSettings;
use crate::webhooks::Webhooks;
use crate::webhooks::queue::NotificationQueue;
use crate::{FrontError, jit, private, webhooks};
use holdfast_funding::accept::AcceptContext;
use holdfast_funding::processor::Processor;
use holdfast_funding::settings::SettingsCache;
use holdfast_runtime::metrics::Metrics;
use holdfast_runtime::readiness::watch_readiness;
use holdfast_runtime::serve::{Server, Tls, TlsFiles};
use holdfast_runtime::shutdown::Shutdown;
use holdfast_store::control::Controls;
use holdfast_store::{Plans, Store, StoreError, StoreOptions};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use warp::{Filter, Reply};

/// What requests in flight get to finish once the front drains.
const DRAIN: Duration = Duration::from_secs(10);
/// How long the front waits for a database that is not there yet.
const CONNECT_WITHIN: Duration = Duration::from_secs(30);
/// How often a changed certificate is looked for.
const TLS_INTERVAL: Duration = Duration::from_secs(5);

/// A running front.
#[derive(Debug)]
pub struct Front {
    /// Where Marqeta calls.
    pub public: SocketAddr,
    /// Where operators look.
    pub private: SocketAddr,
}

impl Front {
    /// Starts the front for this processor; its tasks end when `shutdown` drains.
    ///
    /// # Errors
    /// [`FrontError`], in one sentence that names the setting or the address.
    pub async fn start(
        processor: Arc<dyn Processor>,
        settings: FrontSettings,
        metrics: Metrics,
        shutdown: &Shutdown,
    ) -> Result<Self, FrontError> {
        let gateway = BasicAuth::new(
            settings.public.gateway_credentials()?,
            settings.public.gateway_header.as_ref(),
        );
        let webhook = BasicAuth::new(settings.public.webhook_credentials()?, None);
        let operators = settings.private.operators()?;
        let tls = load_tls(settings.public.tls.tls_files()?)?;
        let private_tls = load_tls(settings.private.tls.tls_files()?)?;
        let public = Server::bind(settings.public.addr, "HOLDFAST_PUBLIC_ADDR").await?;
        let private = Server::bind(settings.private.addr, "HOLDFAST_PRIVATE_ADDR").await?;
        let addresses = Self {
            public: public.local_addr(),
            private: private.local_addr(),
        };

        let options = DecisionOptions::from(settings.decisions);
        let connections = options.connections();
        let deadline = settings.public.decision_deadline;
        let url = settings.database.url()?.expose().to_owned();
        let Stores {
            decisions,
            notifications,
            reports: store,
        } = connect(url, connections, deadline).await?;
        let program = follow_program(&store, shutdown).await?;
        let front = FrontMetrics::register(&metrics, processor.as_ref());
        let refusals = Refusals::new(store.clone(), front.alerts.clone());
        metrics.register(|registry| refusals.declare(registry));
        let context = DecisionContext {
            store: decisions,
            program: program.clone(),
            metrics: front.clone(),
            options,
        };
        let jit = Jit {
            guard: gateway,
            refusals: refusals.clone(),
            queues: DecisionQueues::start(context, shutdown),
            program: program.clone(),
            metrics: front.clone(),
            deadline,
            processor: Arc::clone(&processor),
        };
        let context = webhooks::queue::WriterContext {
            accept: AcceptContext {
                store: notifications,
                settings: program.clone(),
                alerts: front.alerts.clone(),
            },
            metrics: front,
        };
        let webhooks = Webhooks {
            guard: webhook,
            refusals: refusals.clone(),
            secret: settings.public.webhook_secret.clone(),
            queue: NotificationQueue::start(context, shutdown),
            processor: Arc::clone(&processor),
        };
        for tls in tls.iter().chain(&private_tls) {
            tls.follow_files(TLS_INTERVAL, shutdown);
        }
        let routes = jit::route(Arc::new(jit))
            .or(webhooks::route(Arc::new(webhooks)))
            .unify()
            .recover(refuse_public);
        serve(public.with_tls(tls), routes, shutdown);
        watch_database(shutdown, store.clone());
        let context =
            api::ApiContext::new(processor, store, program, &operators).with_refusals(refusals);
        serve(
            private.with_tls(private_tls),
            private::routes(context, metrics, shutdown).recover(refuse_private),
            shutdown,
        );
        Ok(addresses)
    }
}

fn load_tls(files: Option<TlsFiles>) -> Result<Option<Tls>, FrontError> {
    Ok(files.map(Tls::load).transpose()?)
}

/// Reads the controls and the program's settings, and follows their changes until the shutdown.
async fn follow_program(store: &Store, shutdown: &Shutdown) -> Result<SettingsCache, StoreError> {
    store.refresh_controls().await?;
    let following = store.clone().follow_controls(shutdown.draining());
    drop(shutdown.tasks().spawn(following));
    let program = SettingsCache::read(store.clone()).await?;
    let following = program.clone().follow_changes(shutdown.draining());
    drop(shutdown.tasks().spawn(following));
    Ok(program)
}

/// The front is ready while the database answers.
fn watch_database(shutdown: &Shutdown, store: Store) {
    watch_readiness(shutdown, "database", store, |store| async move {
        store.ping().await
    });
}

fn serve<F>(server: Server, routes: F, shutdown: &Shutdown)
where
    F: Filter<Error = Infallible> + Clone + Send + Sync + 'static,
    F::Extract: Reply + Send,
    F::Future: Send,
{
    let serving = server.run(warp::service(routes), shutdown.clone(), DRAIN);
    drop(shutdown.tasks().spawn(serving));
}

/// Three pools, so that none waits for another's connection; the controls in force are the same in all.
struct Stores {
    /// For the decision workers; statements end before the deadline does.
    decisions: Store,
    /// For notifications.
    notifications: Store,
    /// For operators.
    reports: Store,
}

async fn connect(
    url: String,
    decision_connections: u32,
    deadline: Duration,
) -> Result<Stores, StoreError> {
    let within = deadline.mul_f32(0.9);
    let named = |name| StoreOptions::new(url.clone(), name);
    let decisions = StoreOptions {
        connections: decision_connections,
        statement_timeout: within,
        lock_timeout: within,
        plans: Plans::ByKey,
        ..named("holdfast-front-decisions")
    };
    let notifications = StoreOptions {
        plans: Plans::ByKey,
        ..named("holdfast-front-notifications")
    };
    let controls = Controls::default();
    let connected = async |options| {
        let store = connect_with_retries(options).await?;
        Ok::<_, StoreError>(store.with_controls(&controls))
    };
    Ok(Stores {
        decisions: connected(&decisions).await?,
        notifications: connected(&notifications).await?,
        reports: connected(&named("holdfast-front")).await?,
    })
}

/// Connects, waiting a while for a database that is still starting.
async fn connect_with_retries(options: &StoreOptions) -> Result<Store, StoreError> {
    let until = Instant::now() + CONNECT_WITHIN;
    loop {
        match Store::connect(options).await {
            Err(error) if error.is_transient() && Instant::now() < until => {
                tracing::warn!(%error, "The database is not there yet, trying again");
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
            outcome => return outcome,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use holdfast_ledger::control::{Definition, MerchantGroup};
    use holdfast_ledger::shard::ShardCount;
    use holdfast_ledger::time::Moment;
    use holdfast_ledger::token::GroupToken;
    use holdfast_local::{Durability, EmbeddedPostgres};

    #[tokio::test]
    async fn a_control_that_is_put_is_in_force_in_all_stores_of_the_front() {
        let server = EmbeddedPostgres::temporary(Durability::OffForTests);
        let server = server.await.unwrap();
        let options = StoreOptions::new(server.url(), "holdfast-front-tests");
        let migrated = Store::migrate(&options, ShardCount::DEFAULT).await;
        migrated.unwrap().close().await;
        let stores = connect(server.url(), 2, Duration::from_secs(2)).await;
        let stores = stores.unwrap();
        let token = GroupToken::parse("ours").unwrap();
        let group = Definition::MerchantGroup(MerchantGroup {
            token: token.clone(),
            name: "Ours".to_owned(),
            mids: ["1".to_owned()].into(),
        });
        let put = stores.reports.put_control(&group, "root", Moment(0)).await;
        assert!(put.unwrap().is_new);
        for store in [stores.decisions, stores.notifications, stores.reports] {
            let controls = store.controls().current();
            assert!(controls.merchant_group(&token).is_some());
            store.close().await;
        }
        server.stop().await.unwrap();
    }
}
