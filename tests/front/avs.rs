//! The address check (AVS) goes through us unread: into the response, and nowhere else.

use crate::setup::Setup;
use holdfast_simulator::Json;
use holdfast_tests::message::with;
use sqlx::AssertSqlSafe;

const FIELD: &str = "gpa_order.jit_funding.address_verification";
const STREET: &str = "1 SIDE ST";
const BLOCK: &str = r#"{ "issuer": {"response":{"memo":"1 SIDE ST","code":"0000"}, "score":1.50},
  "request":{"street_address":"1 SIDE ST","postal_code":"94607"} }"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_block_is_repeated_byte_for_byte_approved_or_declined() {
    let mut setup = Setup::begin().await;
    for (amount, verdict) in [("42.10", "200"), ("99.00", "402 INSUFFICIENT_FUNDS")] {
        let request = setup.messages.purchase("payer", amount).request();
        let request = with(&request, FIELD, Json::Raw(BLOCK.to_owned())).to_string();
        let response = setup.front.jit(request.clone()).await;
        assert_eq!(response.verdict(), verdict);
        let repeated = response.raw("jit_funding.address_verification");
        assert_eq!(repeated.as_deref(), Some(BLOCK));
        assert_eq!(
            setup.front.jit(request).await.body,
            response.body,
            "a repeat"
        );
    }
    let (_, response) = setup.buy("1.00").await;
    assert_eq!(response.raw("jit_funding.address_verification"), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_street_is_never_shown() {
    let mut setup = Setup::begin().await;
    let purchase = setup.messages.purchase("payer", "42.10");
    let request = with(&purchase.request(), FIELD, Json::Raw(BLOCK.to_owned()));
    let response = setup.front.jit(request.to_string()).await;
    assert!(response.text().contains(STREET));
    let shown = setup.transaction(&purchase.token).await;
    assert_eq!(shown["response"]["status"], 200);
    assert_eq!(
        shown["response"]["body"]["jit_funding"]["token"],
        purchase.jit_token
    );
    assert!(!shown.to_string().contains(STREET), "{shown}");
    // Of all that is stored only the response itself has it.
    let mut connection = setup.database.connect().await;
    for stored in ["d.summary", "d.reasons", "j.payload"] {
        let query = format!(
            "select count(*) from decision d, journal j where {stored}::text like '%{STREET}%'"
        );
        let found: i64 = sqlx::query_scalar(AssertSqlSafe(query))
            .fetch_one(&mut connection)
            .await
            .unwrap();
        assert_eq!(found, 0, "{stored}");
    }
    let kept = "select count(*) from decision where response_body like '%1 SIDE ST%'";
    assert_eq!(setup.database.count(kept).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_block_that_is_no_object_is_none() {
    let mut setup = Setup::begin().await;
    for wrong in ["\"1 SIDE ST\"", "[]", "7", "true", "null"] {
        let request = setup.messages.purchase("payer", "1.00").request();
        let request = with(&request, FIELD, Json::Raw(wrong.to_owned()));
        let response = setup.front.jit(request.to_string()).await;
        assert_eq!(response.verdict(), "200", "{wrong}");
        assert_eq!(response.raw("jit_funding.address_verification"), None);
        assert!(!response.text().contains(STREET));
    }
}
