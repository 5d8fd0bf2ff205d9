//! Transitions of users and businesses: shown beside the operator's state, and declining by setting.

use crate::setup::Setup;
use holdfast_ledger::book::AccountState;
use holdfast_simulator::MessageKind;
use holdfast_tests::message::confirmed;
use http::Method;
use serde_json::{Value, json};

/// A user's transition at this minute, in Marqeta's shape: users have a `status`.
fn user(account: &str, status: &str, minute: u32) -> Value {
    json!({"token": format!("{account}-{status}-{minute}"), "user_token": account, "status": status,
        "reason_code": "01", "channel": "API",
        "created_time": format!("2026-10-01T10:{minute:02}:00Z")})
}

impl Setup {
    async fn transitions(&self, family: &str, items: &[Value]) {
        let body = json!({ family: items }).to_string();
        assert_eq!(self.front.notify(body).await.status, 200);
        self.apply().await;
    }

    /// `state marqeta_state` of an account.
    async fn states(&self, account: &str) -> String {
        let path = format!("/api/v1/accounts/{account}");
        let shown = self.front.api(Method::GET, &path, "").await;
        assert_eq!(shown.status, 200, "{}", shown.text());
        let shown = shown.json();
        format!("{} {}", shown["state"], shown["marqeta_state"]).replace('"', "")
    }

    async fn verdict(&mut self) -> String {
        self.buy("0.01").await.1.verdict()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_state_declines_as_marqeta_describes_it() {
    let mut setup = Setup::begin().await;
    assert_eq!(setup.states("payer").await, "active null");
    for (minute, (status, verdict)) in [
        ("UNVERIFIED", "200"),
        ("LIMITED", "200"),
        ("SUSPENDED", "402 CARDHOLDER_NOT_ACTIVE"),
        ("ACTIVE", "200"),
        ("CLOSED", "402 CLOSED_ACCOUNT"),
        ("ACTIVE", "200"),
        ("RESTING", "200"),
        ("TERMINATED", "402 CLOSED_ACCOUNT"),
    ]
    .into_iter()
    .enumerate()
    {
        let minute = u32::try_from(minute).unwrap();
        let transition = user("payer", status, minute);
        setup.transitions("usertransitions", &[transition]).await;
        assert_eq!(setup.states("payer").await, format!("active {status}"));
        assert_eq!(setup.verdict().await, verdict, "{status}");
    }
    let last = user("payer", "ACTIVE", 59);
    setup.transitions("usertransitions", &[last]).await;
    assert_eq!(setup.states("payer").await, "active TERMINATED", "final");
    let alerts = "select string_agg(kind || ': ' || account || ': ' || detail, ';') from alert";
    assert_eq!(
        setup.database.text(alerts).await,
        "unknown_state: payer: account payer is RESTING at marqeta: the state is not known and blocks nothing"
    );
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_order_of_delivery_gives_the_same_state() {
    let setup = Setup::begin().await;
    let orders = [
        "0 1 2",
        "0 2 1",
        "1 0 2",
        "1 2 0",
        "2 0 1",
        "2 1 0",
        "2 2 0 1 0 2",
    ];
    for order in orders {
        // The account is created before, between and after its transitions.
        for created in 0..=3 {
            let account = format!("a-{order}-{created}").replace(' ', "");
            let all = [("ACTIVE", 1), ("CLOSED", 2), ("SUSPENDED", 3)];
            for (step, place) in order.split(' ').enumerate() {
                if step == created {
                    setup.bank.open(&account, &[]).await;
                }
                let (status, minute) = all[place.parse::<usize>().unwrap()];
                let item = user(&account, status, minute);
                setup.transitions("usertransitions", &[item]).await;
            }
            if created == 3 && order.len() == 5 {
                assert!(
                    setup.bank.account(&account).await.is_none(),
                    "never created by them"
                );
                setup.bank.open(&account, &[]).await;
            }
            assert_eq!(
                setup.states(&account).await,
                "active SUSPENDED",
                "{account}"
            );
        }
    }
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_a_final_message_opens_has_its_state() {
    let mut setup = Setup::begin().await;
    let refund = setup
        .messages
        .opening(MessageKind::Refund, "late", "5.00", "USD");
    // In one envelope: the transition and the money that opens the account.
    let body = format!(
        r#"{{"usertransitions":[{}],"transactions":[{}]}}"#,
        user("late", "CLOSED", 1),
        confirmed(&refund)
    );
    assert_eq!(setup.front.notify(body).await.status, 200);
    setup.apply().await;
    assert_eq!(setup.states("late").await, "unregistered CLOSED");
    setup
        .transitions("usertransitions", &[user("later", "SUSPENDED", 1)])
        .await;
    let refund = setup
        .messages
        .opening(MessageKind::Refund, "later", "5.00", "USD");
    setup.notify_and_apply(&[confirmed(&refund)]).await;
    assert_eq!(setup.states("later").await, "unregistered SUSPENDED");
    setup.bank.set_state("later", AccountState::Active).await;
    assert_eq!(setup.states("later").await, "active SUSPENDED");
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_business_is_named_by_its_own_token() {
    let mut setup = Setup::begin().await;
    let item = json!({"token": "x", "business_token": "payer", "status": "SUSPENDED",
        "created_time": "2026-10-01T10:00:00Z"});
    setup.transitions("businesstransitions", &[item]).await;
    assert_eq!(setup.states("payer").await, "active SUSPENDED");
    assert_eq!(setup.verdict().await, "402 CARDHOLDER_NOT_ACTIVE");
    let nameless = json!({"token": "y", "status": "CLOSED"});
    setup.transitions("usertransitions", &[nameless]).await;
    let parked = "select error from dead_letter";
    let parked = setup.database.text(parked).await;
    assert_eq!(
        parked,
        "applying the transition: it names no user or business"
    );
}

/// The stricter of the two states decides, the setting switches Marqeta's off, and the page shows both.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_operators_state_and_the_setting_have_their_say() {
    let mut setup = Setup::begin().await;
    setup
        .transitions("usertransitions", &[user("payer", "SUSPENDED", 1)])
        .await;
    let (purchase, response) = setup.buy("0.01").await;
    assert_eq!(response.verdict(), "402 CARDHOLDER_NOT_ACTIVE");
    let looked_at = |shown: &Value| shown["decision"]["why"]["checks"][0]["inputs"].clone();
    let shown = setup.transaction(&purchase.token).await;
    let both = json!({"state": "active", "marqeta_state": "SUSPENDED"});
    assert_eq!(looked_at(&shown), both);
    setup.bank.set_state("payer", AccountState::Closed).await;
    assert_eq!(setup.verdict().await, "402 CLOSED_ACCOUNT");
    setup.bank.set_state("payer", AccountState::Active).await;
    assert_eq!(setup.verdict().await, "402 CARDHOLDER_NOT_ACTIVE");
    setup.set(r#"{"honor_account_transitions":false}"#).await;
    let (purchase, response) = setup.buy("0.01").await;
    assert_eq!(response.verdict(), "200");
    let shown = setup.transaction(&purchase.token).await;
    let ignored = json!({"state": "active", "marqeta_state": "SUSPENDED, not honored"});
    assert_eq!(looked_at(&shown), ignored);
    assert_eq!(
        setup.states("payer").await,
        "active SUSPENDED",
        "still shown"
    );
}
