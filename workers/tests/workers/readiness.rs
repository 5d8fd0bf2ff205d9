//! Workers are ready while the brokers answer and accept them, and say why when they do not.

use crate::cluster::{RunningRoles, TestCluster, wait_until};
use holdfast_kafka::skip_without_apache;
use holdfast_workers::Role;
use std::time::Duration;

/// What `/readyz` must show at the latest after a change.
const SHOWN_WITHIN: Duration = Duration::from_secs(10);

async fn wait_for_readiness(roles: &RunningRoles, expected: &str) {
    let what = format!("readiness to show: {expected}");
    wait_until(&what, SHOWN_WITHIN, async || {
        roles.shutdown.health().readyz().body.starts_with(expected)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_are_ready_while_the_broker_answers() {
    let mut cluster = TestCluster::new(2).await;
    let brokers = cluster.brokers().to_owned();
    let roles = cluster.start(&[Role::Relay, Role::Clearing]).await.unwrap();
    wait_for_readiness(&roles, "ready\n").await;
    cluster.stop_broker().await;
    let away = format!("not ready: kafka: kafka at {brokers} does not answer: ");
    wait_for_readiness(&roles, &away).await;
    assert!(roles.metric("holdfast_kafka_failures_total{kind=\"connection\"}") > 0);
    roles.stop().await;
    cluster.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_without_kafka_is_ready_without_it() {
    let cluster = TestCluster::new(2).await;
    let roles = cluster
        .start_at("127.0.0.1:1", "", &[Role::Expiry])
        .await
        .unwrap();
    wait_for_readiness(&roles, "ready\n").await;
    roles.stop().await;
    cluster.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_is_shown_and_counted() {
    if skip_without_apache("a_wrong_password_is_shown_and_counted") {
        return;
    }
    let cluster = TestCluster::new(2).await;
    let at = cluster.sasl_servers().to_owned();
    let user = "security.protocol=SASL_PLAINTEXT,sasl.mechanisms=PLAIN,sasl.username=holdfast";
    let right = format!("{user},sasl.password=right");
    let roles = cluster.start_at(&at, &right, &[Role::Relay]).await.unwrap();
    wait_for_readiness(&roles, "ready\n").await;
    roles.stop().await;
    let wrong = format!("{user},sasl.password=\"wrong, with a comma\"");
    let roles = cluster.start_at(&at, &wrong, &[Role::Relay]).await.unwrap();
    let refused = format!("not ready: kafka: kafka at {at} does not answer: ");
    wait_for_readiness(&roles, &refused).await;
    let shown = roles.shutdown.health().readyz().body;
    assert!(shown.contains("authentication error"), "{shown}");
    assert!(!shown.contains("with a comma"), "{shown}");
    assert!(roles.metric("holdfast_kafka_failures_total{kind=\"authentication\"}") > 0);
    roles.stop().await;
    cluster.stop().await;
}
