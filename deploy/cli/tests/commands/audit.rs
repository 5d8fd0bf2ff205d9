//! `holdfast audit`: what the command line changes is recorded too.

use crate::fixture::ApiFixture;
use serde_json::{Value, json};

#[tokio::test]
async fn changes_by_the_command_line_are_recorded_and_listed() {
    let fixture = ApiFixture::open().await;
    assert_eq!(fixture.run("audit").out, "no changes\n");
    fixture.json("account create alice --currency USD");
    fixture.json("account credit alice 5.00 USD --reference c1");
    fixture.json("account suspend alice --reason moved");
    fixture.json("account suspend alice");
    fixture.json("card set blue --account alice --state suspended");
    let rows = fixture.json("audit --account alice");
    let done = |row: &Value| format!("{} {}", row["object"], row["action"]).replace('"', "");
    let done: Vec<String> = rows.as_array().unwrap().iter().map(done).collect();
    assert_eq!(
        done,
        [
            "card created",
            "account changed",
            "account transferred",
            "account created"
        ]
    );
    let suspended = &rows[1];
    assert_eq!(suspended["operator"], "olga (command line)");
    assert_eq!(suspended["role"], "command_line");
    assert_eq!(suspended["reason"], "moved");
    assert_eq!(suspended["before"]["state"], "active");
    assert_eq!(suspended["after"]["state"], "suspended");
    assert_eq!(
        fixture.json("audit --action created --limit 1")[0]["name"],
        "blue"
    );
    let older = format!("audit --after {}", suspended["id"].as_str().unwrap());
    assert_eq!(fixture.json(&older).as_array().unwrap().len(), 2);
    assert_eq!(fixture.json("audit --operator bob"), json!([]));
    let text = fixture.run("audit --kind account --limit 1").out;
    assert!(
        text.contains("olga (command line): account alice changed"),
        "{text}"
    );
    assert!(text.contains("reason moved"), "{text}");
    fixture.server.stop().await.unwrap();
}
