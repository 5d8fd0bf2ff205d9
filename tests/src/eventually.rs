//! Waiting for what happens by itself.

use std::time::{Duration, Instant};

/// Far more than any of it takes: a busy machine is slow, and a test that fails may wait.
const WITHIN: Duration = Duration::from_secs(120);

/// Asks again and again until there is a response.
///
/// # Panics
/// When there is none within two minutes; `what` says what was waited for.
pub async fn eventually<T, F: Future<Output = Option<T>>>(
    what: &str,
    mut ask: impl FnMut() -> F,
) -> T {
    let began = Instant::now();
    loop {
        if let Some(response) = ask().await {
            return response;
        }
        assert!(began.elapsed() < WITHIN, "waited in vain: {what}");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}
