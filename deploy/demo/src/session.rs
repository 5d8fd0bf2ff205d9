//! One run of a started system, from the first purchase to the last check.

use crate::accounts;
use crate::audit::Audit;
use crate::backlog::{Backlog, wait_until_empty};
use crate::figures::FigureReader;
use crate::screen::{Screen, group_digits};
use crate::summary::{ComparedBalances, RunSummary};
use crate::top_up::TopUps;
use crate::traffic::{SimulatedTraffic, TrafficSettings};
use crate::{ApiClient, DemoError};
use holdfast_runtime::shutdown::Shutdown;
use holdfast_simulator::TrafficReport;
use holdfast_store::Store;
use std::time::{Duration, Instant};

/// How long the backlog of the last run, and of this run, may take.
const BACKLOG_WITHIN: Duration = Duration::from_secs(20);
/// The same for a system that only stops, without being checked.
const BACKLOG_WITHIN_UNCHECKED: Duration = Duration::from_secs(8);

/// A running system, and how long it runs.
#[derive(Debug)]
pub struct Session<'a> {
    /// Its database.
    pub store: Store,
    /// Its private API.
    pub api: ApiClient,
    /// Ctrl-C ends the session.
    pub signals: &'a Shutdown,
    /// Ends the session after this time.
    pub run_for: Option<Duration>,
}

impl Session<'_> {
    /// Runs without traffic, for scripts. True when every check passed, or when `audit` is `None` and
    /// there is nothing to check. `close_front` stops the front and waits for requests in flight.
    ///
    /// # Errors
    /// When the database cannot be read, or the audit ends abnormally.
    pub async fn run_idle(
        &self,
        audit: Option<Audit>,
        close_front: impl Future<Output = ()>,
        screen: &mut Screen,
    ) -> Result<bool, DemoError> {
        screen.print("Waiting for requests. Ctrl-C stops.");
        let started = Instant::now();
        self.wait_for_end().await;
        screen.print("Stopping …");
        close_front.await;
        let Some(audit) = audit else {
            let backlog = wait_until_empty(&self.store, BACKLOG_WITHIN_UNCHECKED).await?;
            if !backlog.is_empty() {
                let Backlog {
                    notifications,
                    events,
                } = backlog;
                screen.print(&format!(
                    "{notifications} notifications and {events} events are left for the next run"
                ));
            }
            return Ok(true);
        };
        let summary = RunSummary {
            took: started.elapsed(),
            backlog: wait_until_empty(&self.store, BACKLOG_WITHIN).await?,
            ..RunSummary::default()
        };
        self.check_run(summary, audit, screen).await
    }

    /// Runs with demo accounts and simulated purchases. True when every check passed.
    ///
    /// # Errors
    /// When the database, the private API or the simulated traffic fails, or on Ctrl-C before the
    /// traffic starts.
    pub async fn run_traffic(
        &self,
        audit: Option<Audit>,
        settings: TrafficSettings,
        screen: &mut Screen,
    ) -> Result<bool, DemoError> {
        let audit = audit.ok_or(DemoError::Broken("the topic audit"))?;
        let left_before = self.apply_last_backlog(screen).await?;
        accounts::open_accounts(&self.api).await?;
        let opening = accounts::read_balances(&self.api).await?;
        let traffic = SimulatedTraffic::start(settings, opening)?;
        let top_ups = TopUps::start(self.api.clone());
        let started = Instant::now();
        self.show_figures(&traffic, screen).await;
        let took = started.elapsed();
        screen.print("Stopping: purchases end, and every notification and event is delivered …");
        let paid = top_ups.finish().await;
        let (report, mut expected) = traffic.finish().await?;
        let backlog = wait_until_empty(&self.store, BACKLOG_WITHIN).await?;
        let accounts = match (describe_uncertainty(left_before, backlog, &report), paid) {
            (Some(why), _) | (None, Err(why)) => Err(why),
            (None, Ok(paid)) => {
                accounts::add_balances(&mut expected, paid);
                let actual = accounts::read_balances(&self.api).await?;
                Ok(ComparedBalances::new(&actual, &expected))
            }
        };
        let summary = RunSummary {
            took,
            backlog,
            traffic: Some(report),
            accounts: Some(accounts),
            ..RunSummary::default()
        };
        self.check_run(summary, audit, screen).await
    }

    /// Lets the workers apply what a killed run left behind. Returns what they could not apply.
    async fn apply_last_backlog(&self, screen: &mut Screen) -> Result<Backlog, DemoError> {
        let backlog = Backlog::read(&self.store).await?;
        if backlog.notifications == 0 {
            return Ok(backlog);
        }
        screen.print(&format!(
            "The last run left {} notifications: applying them first …",
            group_digits(backlog.notifications)
        ));
        tokio::select! {
            backlog = wait_until_empty(&self.store, BACKLOG_WITHIN) => Ok(backlog?),
            () = self.signals.draining() => Err(DemoError::Interrupted),
        }
    }

    /// Shows the figures until the end.
    async fn show_figures(&self, traffic: &SimulatedTraffic, screen: &mut Screen) {
        let mut reader = FigureReader::new(
            self.store.clone(),
            accounts::account_tokens(),
            traffic.stats(),
            traffic.events(),
        );
        let mut tick = tokio::time::interval(screen.refresh_interval());
        let end = self.wait_for_end();
        tokio::pin!(end);
        loop {
            tokio::select! {
                () = &mut end => break,
                _ = tick.tick() => screen.show_figures(reader.read_figures().await),
            }
        }
        screen.show_figures(reader.read_figures().await);
    }

    /// Waits for Ctrl-C, or until the time is over.
    async fn wait_for_end(&self) {
        let time_over = async {
            match self.run_for {
                Some(time) => tokio::time::sleep(time).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = time_over => {}
            () = self.signals.draining() => {}
        }
    }

    /// Ends the audit, recomputes the books, and prints the summary.
    async fn check_run(
        &self,
        mut summary: RunSummary,
        audit: Audit,
        screen: &mut Screen,
    ) -> Result<bool, DemoError> {
        summary.audit = audit.finish().await?;
        summary.books = self.store.verify().await?;
        screen.print(&summary.render(screen.style()));
        Ok(summary.is_clean())
    }
}

/// Why the network's own count may be wrong; `None` when it must be right.
fn describe_uncertainty(
    left_before: Backlog,
    backlog: Backlog,
    report: &TrafficReport,
) -> Option<String> {
    let count = |count| i64::try_from(count).unwrap_or(i64::MAX);
    let causes = [
        (left_before.notifications, "notifications of the last run"),
        (backlog.notifications, "notifications not applied yet"),
        (count(report.undelivered), "notifications not delivered"),
        (count(report.uncertain), "responses that never arrived"),
    ];
    let found = causes.iter().find(|(count, _)| *count > 0);
    found.map(|(count, what)| format!("{count} {what}"))
}
