//! Refused credentials and signatures: counted, slowed down, alerted once.

use crate::setup::Setup;
use holdfast_tests::caller::{Caller, basic};
use http::Method;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

impl Setup {
    /// Sends a notification with these headers; returns its status.
    async fn send_refused(&self, path: &str, headers: &[(&'static str, String)]) -> u16 {
        let (front, post) = (&self.front, Method::POST);
        let address = match path.starts_with("/api") {
            true => front.private,
            false => front.public,
        };
        front.send(address, post, path, headers, "{}").await.status
    }

    /// What is counted with these labels.
    async fn refused(&self, labels: &str) -> Option<u64> {
        let shown = self.front.look("/metrics").await;
        let name = format!("holdfast_refused_requests_total{{{labels}}} ");
        let text = shown.text();
        let mut lines = text.lines();
        lines.find_map(|line| line.strip_prefix(&name)?.parse().ok())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refusals_are_counted_by_path_and_cause_without_the_secret() {
    let setup = Setup::begin().await;
    let webhook = basic(&setup.front.secrets.webhook);
    let unsigned = [("authorization", webhook)];
    let wrong = [("authorization", "Bearer wrong-secret".to_owned())];
    assert_eq!(setup.send_refused("/webhooks", &unsigned).await, 401);
    for path in ["/jit", "/webhooks", "/api/v1/accounts/x/transfers"] {
        assert_eq!(setup.send_refused(path, &wrong).await, 401, "{path}");
    }
    for (path, cause) in [
        ("/webhooks", "signature"),
        ("/webhooks", "credentials"),
        ("/jit", "credentials"),
        ("/api/v1", "credentials"),
    ] {
        let labels = format!(r#"path="{path}",status="401",cause="{cause}",operator="""#);
        assert_eq!(setup.refused(&labels).await, Some(1), "{labels}");
    }
    let shown = setup.front.look("/metrics").await;
    assert!(!shown.text().contains("wrong-secret"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_failures_wait_and_raise_one_alert_while_right_credentials_are_served_at_once() {
    let mut setup = Setup::begin().await;
    let wrong = [("authorization", basic("marqeta:wrong"))];
    let began = Instant::now();
    for _ in 0..8 {
        assert_eq!(setup.send_refused("/jit", &wrong).await, 401);
    }
    let waited = began.elapsed();
    assert!(waited >= Duration::from_millis(350), "{waited:?}");
    let mut failing = JoinSet::new();
    for _ in 0..150 {
        let (front, wrong) = (Caller::clone(&setup.front), wrong.clone());
        failing.spawn(async move {
            let sent = front.send(front.public, Method::POST, "/jit", &wrong, "{}");
            sent.await.status
        });
    }
    assert!(failing.join_all().await.iter().all(|status| *status == 401));
    let count = "select count(*) from alert where kind = 'access_refused'";
    for _ in 0..100 {
        if setup.database.count(count).await > 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(setup.database.count(count).await, 1);
    let began = Instant::now();
    assert_eq!(setup.buy("1.00").await.1.verdict(), "200");
    let served = began.elapsed();
    assert!(served < Duration::from_millis(1_500), "{served:?}");
}
