//! Relays as processes, killed and frozen under load. On Apache Kafka only: the embedded broker does not hide
//! aborted records.

use crate::cluster::{TestCluster, wait_until};
use crate::{follower, journal};
use holdfast_kafka::skip_without_apache;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(180);
const KILLS: u32 = 20;

/// A `holdfast-workers relay`, killed when dropped.
struct RelayProcess(Child);

impl RelayProcess {
    fn start(cluster: &TestCluster) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_holdfast-workers"));
        command
            .arg("relay")
            .env("HOLDFAST_DATABASE_URL", cluster.database_url())
            .env("HOLDFAST_KAFKA_BROKERS", cluster.brokers())
            .env("HOLDFAST_WORKERS_ADDR", "127.0.0.1:0")
            .env("HOLDFAST_LOG", "warn")
            .stdin(Stdio::null());
        Self(command.spawn().unwrap())
    }

    fn send_signal(&self, signal: &str) {
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

impl Drop for RelayProcess {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Commits events in the background until the flag is set.
fn start_load(cluster: &TestCluster) -> (Arc<AtomicBool>, tokio::task::JoinHandle<()>) {
    let stop = Arc::new(AtomicBool::new(false));
    let (stopped, store) = (Arc::clone(&stop), cluster.store.clone());
    let task = tokio::spawn(async move {
        let mut number = 0;
        while !stopped.load(Ordering::Relaxed) {
            journal::commit_numbers(&store, number..number + 70).await;
            number += 70;
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    (stop, task)
}

async fn count_published(cluster: &TestCluster) -> i64 {
    let shards: Vec<_> = (0..cluster.store.shards().get())
        .map(holdfast_ledger::shard::Shard)
        .collect();
    cluster
        .store
        .published_positions(&shards)
        .await
        .unwrap()
        .values()
        .sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_killed_twenty_times_under_load_publishes_everything_once() {
    if skip_without_apache("killing relays") {
        return;
    }
    let cluster = TestCluster::new(8).await;
    let (stop, load) = start_load(&cluster);
    for kill in 0..KILLS {
        let mut relay = RelayProcess::start(&cluster);
        let before = count_published(&cluster).await;
        wait_until("the relay to publish", TIMEOUT, async || {
            count_published(&cluster).await > before
        })
        .await;
        tokio::time::sleep(Duration::from_millis(u64::from(kill * 37 % 200))).await;
        relay.0.kill().unwrap();
    }
    stop.store(true, Ordering::Relaxed);
    load.await.unwrap();
    let _relay = RelayProcess::start(&cluster);
    wait_until("the rest to be published", TIMEOUT, async || {
        journal::is_published(&cluster.store).await
    })
    .await;
    follower::assert_same_as_journal(cluster.brokers(), &cluster.store).await;
    cluster.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frozen_and_replaced_relay_publishes_nothing_when_it_wakes() {
    if skip_without_apache("freezing relays") {
        return;
    }
    let cluster = TestCluster::new(8).await;
    let (stop, load) = start_load(&cluster);
    for _ in 0..2 {
        let frozen = RelayProcess::start(&cluster);
        let before = count_published(&cluster).await;
        wait_until("the relay to publish", TIMEOUT, async || {
            count_published(&cluster).await > before
        })
        .await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        frozen.send_signal("-STOP");
        let _second = RelayProcess::start(&cluster);
        let before = count_published(&cluster).await;
        wait_until("the second one to take over", TIMEOUT, async || {
            count_published(&cluster).await > before
        })
        .await;
        frozen.send_signal("-CONT");
        tokio::time::sleep(Duration::from_secs(3)).await;
    }
    stop.store(true, Ordering::Relaxed);
    load.await.unwrap();
    let _relay = RelayProcess::start(&cluster);
    wait_until("the rest to be published", TIMEOUT, async || {
        journal::is_published(&cluster.store).await
    })
    .await;
    follower::assert_same_as_journal(cluster.brokers(), &cluster.store).await;
    cluster.stop().await;
}
