//! Objects that only inform may be anything: a purchase is decided and its notification applied all the same.

use crate::setup::Setup;
use holdfast_simulator::Json;
use holdfast_tests::message::{confirmed, envelope, with};

/// What the interface does not list as required, and no amount, token or link depends on.
const INFORMING: [&str; 22] = [
    "card_acceptor",
    "card_acceptor.poi",
    "card_acceptor.mcc",
    "card_acceptor.mid",
    "card_acceptor.country_code",
    "pos",
    "fraud",
    "fraud.network",
    "transaction_metadata",
    "cardholder_authentication_data",
    "currency_conversion",
    "currency_conversion.network",
    "original_credit",
    "chargeback",
    "preceding_transaction",
    "acquirer",
    "user",
    "card",
    "digital_wallet_token",
    "gpa",
    "response",
    "acting_user_token",
];

/// Of the JIT block alone.
const INFORMING_JIT: [&str; 2] = [
    "gpa_order.jit_funding.address_verification",
    "gpa_order.jit_funding.acting_user_token",
];

const ODD: [&str; 9] = [
    "null",
    "[]",
    "{}",
    "7",
    "true",
    "\"\"",
    "\"text\"",
    r#"[{"mcc":["5411",{}]},null]"#,
    r#"{"network":[[]],"poi":7,"mid":{"mid":[]},"mcc":[null],"balances":"none"}"#,
];

fn odd(message: &Json, field: &str, value: &str) -> Json {
    with(message, field, Json::Raw(value.to_owned()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_object_that_only_informs_may_be_odd() {
    let mut setup = Setup::begin().await;
    let mut notified = Vec::new();
    for field in INFORMING.iter().chain(&INFORMING_JIT) {
        for value in ODD {
            let purchase = setup.messages.purchase("payer", "0.01");
            let request = odd(&purchase.request(), field, value).to_string();
            let response = setup.front.jit(request.clone()).await;
            assert_eq!(
                response.verdict(),
                "200",
                "{field} {value}: {}",
                response.text()
            );
            assert_eq!(
                setup.front.jit(request).await.body,
                response.body,
                "{field}"
            );
            notified.push(odd(&confirmed(&purchase), field, value));
        }
    }
    let response = setup.front.notify(envelope(&notified)).await;
    assert_eq!(response.status, 200, "{}", response.text());
    setup.apply().await;
    let not_applied = "select count(*) from notification where status <> 'applied'";
    assert_eq!(setup.database.count(not_applied).await, 0);
    let holds = "select count(*) from hold";
    let count = i64::try_from(notified.len()).unwrap();
    assert_eq!(setup.database.count(holds).await, count);
    assert_eq!(setup.alerts().await, 0);
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_odd_dispute_parks_a_dispute_and_nothing_else() {
    let mut setup = Setup::begin().await;
    let (purchase, response) = setup.buy("1.00").await;
    assert_eq!(response.verdict(), "200");
    setup
        .notify_and_apply(&[odd(&confirmed(&purchase), "chargeback", "[]")])
        .await;
    let parked = "select count(*) from notification where status = 'parked'";
    assert_eq!(setup.database.count(parked).await, 0);
    let dispute = confirmed(&setup.messages.purchase("payer", "1.00"));
    let kind = "authorization.clearing.chargeback.provisional.credit";
    let dispute = with(&dispute, "type", kind.into());
    setup
        .notify_and_apply(&[odd(&dispute, "chargeback", "[]")])
        .await;
    assert_eq!(setup.database.count(parked).await, 1);
}
