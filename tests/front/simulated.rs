//! A simulated decision writes nothing, and does not stand in the way of the real one.

use crate::setup::Setup;
use holdfast_simulator::Transaction;
use holdfast_tests::HttpResponse;
use http::Method;

/// Everything that a decision could leave behind.
const ROWS: &str = "select (select count(*) from decision) + (select count(*) from hold) \
    + (select count(*) from hold_key) + (select count(*) from card) + (select count(*) from journal) \
    + (select count(*) from alert) + (select count(*) from balance) + (select count(*) from account) \
    + (select sum(position)::bigint from shard_counter)";

impl Setup {
    async fn simulate(&self, message: &Transaction) -> HttpResponse {
        let body = message.request().to_string();
        let path = "/api/v1/decisions/simulate";
        let accepted = self.front.api(Method::POST, path, body).await;
        assert_eq!(accepted.status, 200, "{}", accepted.text());
        accepted
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_simulation_writes_nothing_and_the_real_request_is_decided_as_it_said() {
    let mut setup = Setup::begin().await;
    let rows = setup.database.count(ROWS).await;
    let bought = setup.messages.purchase("payer", "42.10");
    let refused = setup.messages.purchase("payer", "100.01");
    for (message, status) in [(&bought, "200"), (&refused, "402")] {
        let simulated = setup.simulate(message).await;
        assert_eq!(simulated.raw("status").as_deref(), Some(status));
    }
    assert_eq!(setup.database.count(ROWS).await, rows);
    assert_eq!(setup.balance().await, "100.00 0.00 100.00");
    setup.bank.verify().await;

    let response = setup.ask(&bought).await;
    assert_eq!(response.verdict(), "200");
    assert_eq!(
        setup.ask(&refused).await.verdict(),
        "402 INSUFFICIENT_FUNDS"
    );
    assert_eq!(setup.balance().await, "100.00 42.10 57.90");
    let again = setup.simulate(&bought).await;
    assert_eq!(
        again.raw("response"),
        Some(response.text().to_owned()),
        "as it was answered"
    );
    assert!(
        again.text().contains(r#""check":"repeat""#),
        "{}",
        again.text()
    );
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_with_another_content_is_shown_without_an_alert() {
    let mut setup = Setup::begin().await;
    let (mut purchase, _) = setup.buy("1.00").await;
    purchase.amount += purchase.amount;
    let simulated = setup.simulate(&purchase).await;
    assert_eq!(
        simulated.string("response.jit_funding.decline_reason"),
        "DUPLICATE_TRANSACTION"
    );
    assert_eq!((setup.alerts().await, setup.decisions().await), (0, 1));
}
