//! From the first purchase to the last check.

use super::UpError;
use super::api::Api;
use super::audit::Audit;
use super::demo;
use super::figures::Gauge;
use super::parts::{Parts, Running};
use super::payday::Payday;
use super::play::Play;
use super::screen::{self, Screen};
use super::settings::Settings;
use super::settle::{Owed, settle};
use super::summary::{Compared, Summary};
use holdfast_runtime::shutdown::Shutdown;
use holdfast_simulator::TrafficReport;
use holdfast_store::Store;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// How long the last run's leftovers, and this run's, may take.
const SETTLE_WITHIN: Duration = Duration::from_secs(20);
/// The same for a system that only stops, without being checked.
const LEAVE_WITHIN: Duration = Duration::from_secs(8);

/// Lives until Ctrl-C or for the time given, then checks. True when all is well; a second Ctrl-C ends
/// everything at once.
pub(super) async fn live(
    settings: &Settings,
    parts: &Parts,
    running: Running,
    signals: &Shutdown,
    screen: &mut Screen,
) -> Result<bool, UpError> {
    screen.say(&screen::header(settings, &running, screen.ink()));
    let run = Run {
        settings,
        parts,
        store: running.store,
        public: running.front.public,
        api: Api::new(super::reachable(running.front.private), token(settings)?),
        signals,
    };
    let audit = running.audit;
    let whole = async {
        match settings.args.no_traffic {
            true => run.quietly(audit, screen).await,
            false => run.with_traffic(audit, screen).await,
        }
    };
    tokio::select! {
        outcome = whole => outcome,
        () = signals.cut() => Err(UpError::Interrupted),
    }
}

fn token(settings: &Settings) -> Result<holdfast_runtime::settings::Secret, UpError> {
    let operators = settings.args.front.private.operators()?;
    let administrator = operators.into_iter().next();
    administrator
        .map(|operator| operator.token)
        .ok_or(UpError::Broken("reading the operators"))
}

/// One run of the system.
struct Run<'a> {
    settings: &'a Settings,
    parts: &'a Parts,
    store: Store,
    public: SocketAddr,
    api: Api,
    signals: &'a Shutdown,
}

impl Run<'_> {
    /// A clean system for scripts.
    async fn quietly(&self, audit: Option<Audit>, screen: &mut Screen) -> Result<bool, UpError> {
        screen.say("Waiting for requests. Ctrl-C stops.");
        let began = Instant::now();
        self.end().await;
        screen.say("Stopping …");
        self.parts.close_door().await;
        let Some(audit) = audit else {
            let owed = settle(&self.store, LEAVE_WITHIN).await?;
            if !owed.is_nothing() {
                let Owed {
                    notifications,
                    events,
                } = owed;
                screen.say(&format!(
                    "{notifications} notifications and {events} events are left for the next run"
                ));
            }
            return Ok(true);
        };
        let summary = Summary {
            took: began.elapsed(),
            owed: settle(&self.store, SETTLE_WITHIN).await?,
            ..Summary::default()
        };
        self.check(summary, audit, screen).await
    }

    /// Demo accounts and simulated purchases.
    async fn with_traffic(
        &self,
        audit: Option<Audit>,
        screen: &mut Screen,
    ) -> Result<bool, UpError> {
        let audit = audit.ok_or(UpError::Broken("the topic audit"))?;
        let left = self.leftovers(screen).await?;
        demo::prepare(&self.api).await?;
        let opening = demo::books(&self.api).await?;
        let play = Play::start(self.settings, self.public, opening)?;
        let payday = Payday::start(self.api.clone());
        let began = Instant::now();
        self.watch(&play, screen).await?;
        let took = began.elapsed();
        screen.say("Stopping: purchases come to their end, and everything owed is delivered …");
        let paid = payday.finish().await;
        let (report, mut should) = play.finish().await?;
        let owed = settle(&self.store, SETTLE_WITHIN).await?;
        let accounts = match (doubt(left, owed, &report), paid) {
            (Some(why), _) | (None, Err(why)) => Err(why),
            (None, Ok(paid)) => {
                demo::add(&mut should, paid);
                Ok(Compared::new(&demo::books(&self.api).await?, &should))
            }
        };
        let summary = Summary {
            took,
            owed,
            traffic: Some(report),
            accounts: Some(accounts),
            ..Summary::default()
        };
        self.check(summary, audit, screen).await
    }

    /// Lets the workers finish what a run that was killed left behind; what they could not.
    async fn leftovers(&self, screen: &mut Screen) -> Result<Owed, UpError> {
        let owed = Owed::now(&self.store).await?;
        if owed.notifications == 0 {
            return Ok(owed);
        }
        screen.say(&format!(
            "The last run left {} notifications: applying them first …",
            screen::grouped(owed.notifications)
        ));
        tokio::select! {
            owed = settle(&self.store, SETTLE_WITHIN) => Ok(owed?),
            () = self.signals.draining() => Err(UpError::Interrupted),
        }
    }

    /// Shows the figures until the end.
    async fn watch(&self, play: &Play, screen: &mut Screen) -> Result<(), UpError> {
        let mut gauge = Gauge::new(
            self.store.clone(),
            demo::tokens(),
            play.stats(),
            play.events(),
        );
        let mut tick = tokio::time::interval(screen.pace());
        let end = self.end();
        tokio::pin!(end);
        loop {
            tokio::select! {
                () = &mut end => break,
                _ = tick.tick() => screen.show(gauge.read().await),
            }
        }
        screen.show(gauge.read().await);
        Ok(())
    }

    /// Ctrl-C, or the time is over.
    async fn end(&self) {
        let over = async {
            match self.settings.args.run_for {
                Some(time) => tokio::time::sleep(time).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = over => {}
            () = self.signals.draining() => {}
        }
    }

    /// Ends the audit, recomputes the books, and says what came out.
    async fn check(
        &self,
        mut summary: Summary,
        audit: Audit,
        screen: &mut Screen,
    ) -> Result<bool, UpError> {
        summary.audit = audit.finish().await?;
        summary.books = self.store.verify().await?;
        screen.say(&summary.text(screen.ink()));
        Ok(summary.is_clean())
    }
}

/// Why the network's own count may be wrong, if it may.
fn doubt(left: Owed, owed: Owed, report: &TrafficReport) -> Option<String> {
    let doubts = [
        (left.notifications, "notifications of the last run"),
        (owed.notifications, "notifications not applied yet"),
        (
            i64::try_from(report.undelivered).unwrap_or(i64::MAX),
            "notifications not delivered",
        ),
        (
            i64::try_from(report.uncertain).unwrap_or(i64::MAX),
            "answers that were never heard",
        ),
    ];
    let found = doubts.iter().find(|(count, _)| *count > 0);
    found.map(|(count, what)| format!("{count} {what}"))
}
