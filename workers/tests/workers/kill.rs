//! Relays as processes, killed and frozen under load. On Apache Kafka only: the embedded broker lives in
//! this process but does not hide what is aborted.

use crate::place::{Place, on_apache, until};
use crate::{follower, journal};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(180);
const KILLS: u32 = 20;

/// A `holdfast-workers relay`, killed when dropped.
struct Process(Child);

impl Process {
    fn start(place: &Place) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_holdfast-workers"));
        command
            .arg("relay")
            .env("HOLDFAST_DATABASE_URL", place.database_url())
            .env("HOLDFAST_KAFKA_BROKERS", place.brokers())
            .env("HOLDFAST_WORKERS_ADDR", "127.0.0.1:0")
            .env("HOLDFAST_LOG", "warn")
            .stdin(Stdio::null());
        Self(command.spawn().unwrap())
    }

    fn signal(&self, signal: &str) {
        let pid = self.0.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &pid])
                .status()
                .unwrap()
                .success()
        );
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Commits events until it is told to stop.
fn load(place: &Place) -> (Arc<AtomicBool>, tokio::task::JoinHandle<()>) {
    let stop = Arc::new(AtomicBool::new(false));
    let (told, store) = (Arc::clone(&stop), place.store.clone());
    let task = tokio::spawn(async move {
        let mut number = 0;
        while !told.load(Ordering::Relaxed) {
            journal::commit(&store, number..number + 70).await;
            number += 70;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    (stop, task)
}

async fn published(place: &Place) -> i64 {
    let shards: Vec<_> = (0..place.store.shards().get())
        .map(holdfast_ledger::shard::Shard)
        .collect();
    place.store.published(&shards).await.unwrap().values().sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_killed_twenty_times_under_load_publishes_everything_once() {
    if !on_apache() {
        return;
    }
    let place = Place::new(8).await;
    let (stop, load) = load(&place);
    for kill in 0..KILLS {
        let mut relay = Process::start(&place);
        let before = published(&place).await;
        until("the relay to publish", SOON, async || {
            published(&place).await > before
        })
        .await;
        tokio::time::sleep(Duration::from_millis(u64::from(kill * 37 % 200))).await;
        relay.0.kill().unwrap();
    }
    stop.store(true, Ordering::Relaxed);
    load.await.unwrap();
    let _relay = Process::start(&place);
    until("the rest to be published", SOON, async || {
        journal::is_published(&place.store).await
    })
    .await;
    follower::assert_same_as_journal(place.brokers(), &place.store).await;
    place.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_was_frozen_and_replaced_does_no_harm_when_it_wakes() {
    if !on_apache() {
        return;
    }
    let place = Place::new(8).await;
    let (stop, load) = load(&place);
    for _ in 0..2 {
        let frozen = Process::start(&place);
        let before = published(&place).await;
        until("the relay to publish", SOON, async || {
            published(&place).await > before
        })
        .await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        frozen.signal("-STOP");
        let _second = Process::start(&place);
        let before = published(&place).await;
        until("the second one to take over", SOON, async || {
            published(&place).await > before
        })
        .await;
        frozen.signal("-CONT");
        tokio::time::sleep(Duration::from_secs(3)).await;
    }
    stop.store(true, Ordering::Relaxed);
    load.await.unwrap();
    let _relay = Process::start(&place);
    until("the rest to be published", SOON, async || {
        journal::is_published(&place.store).await
    })
    .await;
    follower::assert_same_as_journal(place.brokers(), &place.store).await;
    place.end().await;
}
