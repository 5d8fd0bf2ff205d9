//! A debt that the program gives up, in the journal.

use crate::setup::Setup;
use http::Method;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_off_is_journaled_as_a_loss_with_its_actor_and_reason() {
    let setup = Setup::begin().await;
    for (path, amount) in [("adjustments", "-120.00"), ("write-offs", "15.00")] {
        let body = json!({"reference": path, "amount": amount, "currency": "USD",
            "reason": "cannot be found"});
        let path = format!("/api/v1/accounts/payer/{path}");
        let done = setup.front.api(Method::POST, &path, body.to_string()).await;
        assert_eq!(done.status, 201, "{}", done.text());
    }
    let event = setup.last_adjustment().await;
    let line = |side, amount| json!({"side": side, "layer": "settled", "balance": "posted", "currency": "USD", "amount": amount});
    assert_eq!(
        event,
        json!({
            "kind": "written_off",
            "account": "payer",
            "cause": "operator",
            "cause_token": "write-offs",
            "manual": {"actor": "operator", "reason": "cannot be found", "reference": "write-offs"},
            "entries": [line("customer", "15.00"), line("losses", "-15.00")],
            "balances": [{"currency": "USD", "posted": "-5.00", "held": "0.00",
                "pending_credit": "0.00", "available": "-5.00"}],
        })
    );
    assert_eq!(setup.balance().await, "-5.00 0.00 -5.00");
    setup.bank.verify().await;
}
