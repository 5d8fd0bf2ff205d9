//! Every change of an account, card, control, rule or setting is an event with the whole state.

use crate::setup::Setup;
use holdfast_simulator::MessageKind;
use holdfast_tests::message::confirmed;
use http::Method;
use serde_json::{Value, json};

const CHANGES: &str = "select account, payload from journal where topic = 'program.changes.v1'
    order by at, event";

impl Setup {
    /// Key and value of each event, in the order in which they were made.
    async fn program_changes(&self) -> Vec<(String, Value)> {
        let mut connection = self.database.connect().await;
        let rows: Vec<(String, String)> = sqlx::query_as(CHANGES)
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let read =
            |(key, payload): (String, String)| (key, serde_json::from_str(&payload).unwrap());
        rows.into_iter().map(read).collect()
    }

    async fn give(&self, method: Method, path: &str, body: Value) {
        let path = format!("/api/v1/{path}");
        let answer = self.front.api(method, &path, body.to_string()).await;
        assert!(answer.status < 300, "{path}: {}", answer.text());
    }
}

fn headline((key, value): &(String, Value)) -> String {
    let (object, action) = (&value["object"], &value["action"]);
    format!("{key}: {object} {action}").replace('"', "")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_operators_change_is_published_with_its_state() {
    let setup = Setup::begin().await;
    let put = async |path: &str, body| setup.give(Method::PUT, path, body).await;
    put("accounts/payer?reason=lost", json!({"state": "suspended"})).await;
    put("accounts/payer", json!({"state": "suspended"})).await;
    put("cards/blue", json!({"account": "payer"})).await;
    put("accounts/payer/rules", json!({"channels": {"atm": false}})).await;
    put("program", json!({"hold_days": 3})).await;
    let group = json!({"name": "Fuel", "mccs": ["5541"]});
    put("mcc-groups/fuel", group).await;
    setup
        .give(Method::DELETE, "mcc-groups/fuel", Value::Null)
        .await;
    let changes = setup.program_changes().await;
    let headlines: Vec<String> = changes.iter().map(headline).collect();
    assert_eq!(
        headlines,
        [
            "payer: account changed",
            "card/blue: card created",
            "rules/account:payer: rules created",
            "settings/program: settings changed",
            "mcc_group/fuel: mcc_group created",
            "mcc_group/fuel: mcc_group deleted",
        ]
    );
    let account = json!({"object": "account", "name": "payer", "account": "payer",
        "action": "changed", "by": {"operator": "operator", "role": "admin"}, "reason": "lost",
        "state": {"state": "suspended", "marqeta_state": null, "kind": "user", "currencies": ["USD"]}});
    assert_eq!(changes[0].1, account);
    assert_eq!(changes[1].1["state"]["account"], "payer");
    assert_eq!(changes[3].1["state"]["hold_days"], 3);
    assert_eq!(changes[5].1["state"], Value::Null);
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn states_that_notifications_change_are_published_too() {
    let mut setup = Setup::begin().await;
    let time = "2026-10-01T10:00:00Z";
    let body = json!({"cardtransitions": [{"token": "c-1", "card_token": "blue",
            "state": "SUSPENDED", "type": "state.changed", "created_time": time}],
        "usertransitions": [{"token": "u-1", "user_token": "payer", "status": "SUSPENDED",
            "reason_code": "01", "channel": "API", "created_time": time}]});
    assert_eq!(setup.front.notify(body.to_string()).await.status, 200);
    setup.apply().await;
    let refund = setup
        .messages
        .opening(MessageKind::Refund, "newcomer", "5.00", "USD");
    setup.notify_and_apply(&[confirmed(&refund)]).await;
    let changes = setup.program_changes().await;
    let mut headlines: Vec<String> = changes.iter().map(headline).collect();
    headlines.sort();
    assert_eq!(
        headlines,
        [
            "card/blue: card changed",
            "newcomer: account created",
            "payer: account changed"
        ]
    );
    for (key, value) in &changes {
        assert_eq!(value.get("by"), None, "{key}");
        let state = &value["state"];
        match key.as_str() {
            "newcomer" => assert_eq!(state["state"], "unregistered"),
            _ => assert_eq!(state["marqeta_state"], "SUSPENDED", "{key}"),
        }
    }
    setup.bank.verify().await;
}
