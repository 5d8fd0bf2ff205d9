//! Bodies that are no JSON, or JSON that readers would disagree about.

use crate::setup::Setup;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_json_object_is_400() {
    let setup = Setup::begin().await;
    let bodies: [&[u8]; 9] = [
        b"",
        b" ",
        b"{",
        b"[]",
        b"null",
        b"42",
        b"\"text\"",
        b"{\"token\":\"\xff\"}",
        b"{} {}",
    ];
    for body in bodies {
        let response = setup.front.jit(body.to_vec()).await;
        let shown = String::from_utf8_lossy(body);
        assert_eq!(response.status, 400, "{shown}: {}", response.text());
        assert!(
            !response.string("error.message").is_empty(),
            "{shown}: {}",
            response.text()
        );
    }
    assert_eq!(setup.decisions().await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_object_with_the_same_key_twice_is_400_at_every_level_that_is_read() {
    let mut setup = Setup::begin().await;
    let body = setup
        .messages
        .purchase("payer", "1.00")
        .request()
        .to_string();
    let twice = [
        ("{", "{\"token\":\"another\","),
        ("\"gpa_order\":{", "\"gpa_order\":{\"jit_funding\":{},"),
        ("\"jit_funding\":{", "\"jit_funding\":{\"amount\":0.01,"),
    ];
    for (place, doubled) in twice {
        let response = setup.front.jit(body.replacen(place, doubled, 1)).await;
        assert_eq!(response.status, 400, "{doubled}: {}", response.text());
        assert_eq!(response.string("error.code"), "repeated_key", "{doubled}");
        assert!(!response.string("error.field").is_empty(), "{doubled}");
    }
    assert_eq!(setup.decisions().await, 0);
    assert_eq!(
        setup.front.jit(body).await.verdict(),
        "200",
        "it was only that"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unknown_fields_and_deep_ones_are_ignored() {
    let mut setup = Setup::begin().await;
    let body = setup
        .messages
        .purchase("payer", "1.00")
        .request()
        .to_string();
    let deep = format!("{}{}", "[".repeat(60), "]".repeat(60));
    let body = body.replacen(
        '{',
        &format!("{{\"something_new\":{{\"a\":1,\"b\":{deep}}},"),
        1,
    );
    assert_eq!(setup.front.jit(body).await.verdict(), "200");
}
