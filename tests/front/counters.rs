//! Counters with labels exist before their first event.

use crate::setup::Setup;
use http::Method;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_counter_with_labels_is_there_before_its_first_event() {
    let setup = Setup::begin().await;
    let (front, private) = (&setup.front, setup.front.private);
    let answer = front.send(private, Method::GET, "/metrics", &[], "").await;
    for line in [
        "holdfast_jit_requests_total{status=\"402\"} 0\n",
        "holdfast_decisions_total{outcome=\"approved\",reason=\"\"} 0\n",
        "holdfast_decisions_total{outcome=\"declined\",reason=\"INSUFFICIENT_FUNDS\"} 0\n",
        "holdfast_decision_batch_phase_seconds_total{stage=\"commit\"} 0",
        "holdfast_decision_batch_failures_total{kind=\"again\"} 0\n",
        "holdfast_notifications_total{kind=\"changed\"} 0\n",
    ] {
        assert!(answer.text().contains(line), "{line}{}", answer.text());
    }
}
