//! `holdfast control`.

use crate::fixture::ApiFixture;
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

/// A file of this content.
fn file(body: &Value) -> &'static str {
    let path = concat!(env!("CARGO_TARGET_TMPDIR"), "/control.json");
    std::fs::write(path, body.to_string()).unwrap();
    path
}

#[tokio::test]
async fn controls_are_put_listed_shown_and_deleted() {
    let fixture = ApiFixture::open().await;
    let put = |what: &str, body: Value| {
        fixture.run(&format!("control put {what} --file {}", file(&body)))
    };
    assert_eq!(fixture.run("control list").out, "no controls\n");
    let fuel = json!({"name": "Fuel", "mccs": ["5541", "5542"]});
    assert_eq!(put("mcc-group fuel", fuel).code, Some(0));
    let limit = json!({"amount_limit": "500", "currency_code": "840", "velocity_window": "DAY",
        "usage_limit": 10, "merchant_scope": {"mcc_group": "fuel"}});
    let said = put("velocity daily", limit.clone());
    assert!(said.out.contains("amount_limit: 500.00\n"), "{said:?}");

    let shown = fixture.json("control show velocity daily");
    assert_eq!(
        (&shown["currency_code"], &shown["usage_limit"]),
        (&json!("USD"), &json!(10))
    );
    assert!(shown["created_time"].is_string());
    let listed = fixture.json("control list");
    assert_eq!(
        (&listed[0]["kind"], &listed[0]["control"]),
        (&json!("velocity"), &shown)
    );
    assert_eq!(listed[1]["kind"], "mcc-group");
    assert_eq!(fixture.json("control list exempt-mid"), json!([]));
    let table = fixture.run("control list").out;
    for shown in [
        "500.00 USD, 10 uses each DAY",
        "mcc group fuel",
        "the program",
        "5541 5542",
    ] {
        assert!(table.contains(shown), "{shown}: {table}");
    }

    let used = fixture.run("control delete mcc-group fuel");
    assert_eq!(
        (used.code, used.err.contains("velocity control daily")),
        (Some(1), true),
        "{used:?}"
    );
    assert_eq!(
        fixture.json("control delete velocity daily"),
        json!({"deleted": "daily"})
    );
    assert_eq!(
        fixture.run("control delete velocity daily").err,
        "there is no velocity control daily\n"
    );
    assert_eq!(
        fixture.run("control delete mcc-group fuel").out,
        "the mcc group fuel is deleted\n"
    );
    assert_eq!(fixture.run("control show velocity daily").code, Some(1));

    let wrong = put("velocity daily", limit);
    assert_eq!(
        (wrong.code, wrong.err.contains("merchant_scope.mcc_group")),
        (Some(1), true),
        "{wrong:?}"
    );
    let missing = fixture.run("control put velocity daily --file /no/such.json");
    assert_eq!(
        (
            missing.code,
            missing.err.starts_with("reading /no/such.json failed")
        ),
        (Some(1), true),
        "{missing:?}"
    );
    fixture.server.stop().await.unwrap();
}

#[tokio::test]
async fn a_control_is_read_from_standard_input_too() {
    let fixture = ApiFixture::open().await;
    let mut command = Command::new(env!("CARGO_BIN_EXE_holdfast"))
        .args("control put merchant-group ours --file - --json".split(' '))
        .env("HOLDFAST_DATABASE_URL", fixture.server.url())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = command.stdin.take().unwrap();
    input
        .write_all(br#"{"name":"Ours","mids":["000445"]}"#)
        .unwrap();
    drop(input);
    let output = command.wait_with_output().unwrap();
    let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (output.status.code(), &printed["mids"]),
        (Some(0), &json!(["000445"]))
    );
    assert_eq!(fixture.json("control show merchant-group ours"), printed);
    fixture.server.stop().await.unwrap();
}

#[tokio::test]
async fn a_field_without_effect_is_kept_and_an_unpublished_one_refused() {
    let fixture = ApiFixture::open().await;
    let limit = json!({"amount_limit": "500", "currency_code": "USD", "velocity_window": "DAY",
        "include_transfers": false});
    let path = concat!(env!("CARGO_TARGET_TMPDIR"), "/control-given.json");
    let put = |body: &Value| {
        std::fs::write(path, body.to_string()).unwrap();
        fixture.run(&format!("control put velocity inert --file {path}"))
    };
    let said = put(&limit);
    for line in [
        "include_transfers: false\n",
        "warnings: [\"include_transfers has",
    ] {
        assert!(said.out.contains(line), "{said:?}");
    }
    assert_eq!(fixture.run("control show velocity inert").out, said.out);
    let mut typo = limit.clone();
    typo["include_transfer"] = json!(false);
    let refused = put(&typo);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    let nearest = "the nearest is include_transfers";
    assert!(refused.err.contains(nearest), "{refused:?}");
    fixture.server.stop().await.unwrap();
}
