//! Postgres away: the timeout policy responds, notifications are sent again, and all is well by itself
//! once it is back.

use holdfast_store::program::{ProgramSettings, TimeoutPolicy};
use holdfast_tests::message::{confirmed, envelope};
use holdfast_tests::{
    Bank, DatabaseProxy, Messages, TestDatabase, TestFront, TestFrontOptions, eventually,
};

struct Away {
    database: TestDatabase,
    proxy: DatabaseProxy,
    front: TestFront,
    messages: Messages,
}

async fn begin(policy: TimeoutPolicy) -> Away {
    let database = TestDatabase::create().await;
    let store = database.store().await;
    let (settings, version) = store.settings().await.unwrap();
    let settings = ProgramSettings {
        timeout_policy: policy,
        ..settings
    };
    store
        .change_settings(&settings, version)
        .await
        .unwrap()
        .unwrap();
    Bank::new(store).open("payer", &[("USD", "100.00")]).await;
    let proxy = DatabaseProxy::to(database.url()).await;
    let flags = vec!["--decision-deadline=1s".to_owned()];
    let front = TestFront::open_with(
        proxy.url(),
        TestFrontOptions {
            flags,
            unsigned: false,
        },
    )
    .await;
    Away {
        database,
        proxy,
        front,
        messages: Messages::default(),
    }
}

async fn readiness_becomes(away: &Away, status: u16) {
    eventually("readiness changes", || async {
        (away.front.look("/readyz").await.status == status).then_some(())
    })
    .await;
}

async fn purchase_is_answered(away: &mut Away, verdict: &str) {
    let body = away
        .messages
        .purchase("payer", "1.00")
        .request()
        .to_string();
    assert_eq!(away.front.jit(body).await.verdict(), verdict);
}

/// One that a busy machine is too slow for is followed by another.
async fn purchases_are_decided(away: &mut Away) {
    eventually("purchases are decided", || {
        let body = away
            .messages
            .purchase("payer", "1.00")
            .request()
            .to_string();
        let caller = (*away.front).clone();
        async move { (caller.jit(body).await.verdict() == "200").then_some(()) }
    })
    .await;
}

async fn comes_back_by_itself(mut away: Away) {
    readiness_becomes(&away, 503).await;
    assert_eq!(
        away.front.look("/livez").await.status,
        200,
        "a restart would not help"
    );
    away.proxy.plug_in();
    readiness_becomes(&away, 200).await;
    purchases_are_decided(&mut away).await;
    let item = envelope(&[confirmed(&away.messages.purchase("payer", "2.00"))]);
    eventually("notifications are accepted again", || async {
        (away.front.notify(item.clone()).await.status == 200).then_some(())
    })
    .await;
    Bank::new(away.database.store().await).verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_postgres_purchases_are_declined_and_notifications_come_again() {
    let mut away = begin(TimeoutPolicy::Decline).await;
    readiness_becomes(&away, 200).await;
    purchases_are_decided(&mut away).await;
    away.proxy.pull();
    for _ in 0..5 {
        purchase_is_answered(&mut away, "402 TRANSACTION_NOT_PERMITTED").await;
    }
    let item = confirmed(&away.messages.purchase("payer", "2.00"));
    assert_eq!(away.front.notify(envelope(&[item])).await.status, 503);
    comes_back_by_itself(away).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_the_other_policy_marqetas_stand_in_may_decide() {
    let mut away = begin(TimeoutPolicy::Error).await;
    readiness_becomes(&away, 200).await;
    purchases_are_decided(&mut away).await;
    away.proxy.pull();
    for _ in 0..5 {
        purchase_is_answered(&mut away, "503").await;
    }
    comes_back_by_itself(away).await;
}
