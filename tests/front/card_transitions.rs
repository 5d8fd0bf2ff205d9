//! Transitions of a card's state, also before the card is used.

use crate::setup::Setup;
use holdfast_tests::{HttpResponse, eventually};
use http::Method;
use serde_json::{Value, json};
use sqlx::{Connection, Executor};
use std::time::Duration;

/// A change of a card's state at this minute, as an item of `cardtransitions`.
fn change(card: &str, state: &str, minute: u32) -> Value {
    json!({"token": format!("{card}-{state}-{minute}"), "card_token": card, "state": state,
        "type": "state.changed", "created_time": format!("2026-10-01T10:{minute:02}:00Z")})
}

impl Setup {
    async fn changed(&self, changes: &[Value]) {
        let body = json!({"cardtransitions": changes}).to_string();
        assert_eq!(self.front.notify(body).await.status, 200);
        self.apply().await;
    }

    fn request(&mut self, card: &str) -> String {
        let mut request = self.messages.purchase("payer", "0.01").request();
        request.set("card_token", card.to_owned().into());
        request.to_string()
    }

    async fn use_card(&mut self, card: &str) -> String {
        let request = self.request(card);
        self.front.jit(request).await.verdict()
    }

    async fn card(&self, card: &str) -> HttpResponse {
        let path = format!("/api/v1/cards/{card}");
        self.front.api(Method::GET, &path, "").await
    }

    async fn put_card(&self, card: &str, state: &str) -> HttpResponse {
        let body = json!({"account": "payer", "state": state}).to_string();
        let path = format!("/api/v1/cards/{card}");
        self.front.api(Method::PUT, &path, body).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_suspended_before_its_first_use_is_refused_until_it_is_active() {
    let mut setup = Setup::begin().await;
    assert_eq!(setup.card("new").await.status, 404);
    setup.changed(&[change("new", "SUSPENDED", 1)]).await;
    let known = json!({"token": "new", "registered": false, "account": null, "state": "suspended",
        "operator_state": "active", "marqeta_state": "SUSPENDED"});
    assert_eq!(setup.card("new").await.json(), known, "not registered yet");
    let request = setup.request("new");
    let refused = setup.front.jit(request.clone()).await;
    assert_eq!(refused.verdict(), "402 CARD_NOT_ACTIVE");
    assert_eq!(setup.front.jit(request).await.body, refused.body);
    assert_eq!(setup.use_card("new").await, "402 CARD_NOT_ACTIVE");
    let shown = setup.card("new").await;
    assert_eq!(
        (
            shown.string("account"),
            shown.string("marqeta_state"),
            shown.string("state")
        ),
        (
            "payer".to_owned(),
            "SUSPENDED".to_owned(),
            "suspended".to_owned()
        ),
        "a refused request registers it as well"
    );
    setup.changed(&[change("new", "ACTIVE", 2)]).await;
    assert_eq!(setup.use_card("new").await, "200");
    setup.changed(&[change("new", "TERMINATED", 3)]).await;
    assert_eq!(setup.use_card("new").await, "402 CARD_NOT_ACTIVE");
    assert_eq!(setup.card("new").await.string("state"), "closed");
    setup.changed(&[change("new", "ACTIVE", 9)]).await;
    assert_eq!(
        setup.card("new").await.string("marqeta_state"),
        "TERMINATED"
    );
    assert_eq!(setup.use_card("new").await, "402 CARD_NOT_ACTIVE");
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn marqetas_last_word_by_its_own_time_counts_in_every_order() {
    let mut setup = Setup::begin().await;
    let orders = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ];
    for order in orders {
        // It is used for the first time before, between and after the notifications.
        for used in 0..=order.len() {
            let card = format!("card-{}{}{}-{used}", order[0], order[1], order[2]);
            let notified = [("UNACTIVATED", 1), ("ACTIVE", 2), ("SUSPENDED", 3)];
            for (step, place) in order.into_iter().enumerate() {
                if step == used {
                    setup.use_card(&card).await;
                }
                let (state, minute) = notified[place];
                let body = json!({"cardtransitions": [change(&card, state, minute)]});
                assert_eq!(setup.front.notify(body.to_string()).await.status, 200);
                setup.apply().await;
            }
            assert_eq!(setup.use_card(&card).await, "402 CARD_NOT_ACTIVE", "{card}");
            let shown = setup.card(&card).await.string("marqeta_state");
            assert_eq!(shown, "SUSPENDED", "{card}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_stricter_of_operator_and_marqeta_is_in_force() {
    let mut setup = Setup::begin().await;
    let stopped = [
        ("a", "SUSPENDED"),
        ("b", "UNACTIVATED"),
        ("c", "LIMITED"),
        ("d", "TERMINATED"),
    ];
    for (card, state) in stopped {
        setup.changed(&[change(card, state, 1)]).await;
        let put = setup.put_card(card, "active").await;
        let found = (
            put.status,
            put.string("operator_state"),
            put.string("marqeta_state"),
        );
        assert_eq!(found, (201, "active".to_owned(), state.to_owned()));
        assert_eq!(setup.use_card(card).await, "402 CARD_NOT_ACTIVE", "{state}");
    }
    setup.changed(&[change("e", "ACTIVE", 1)]).await;
    assert_eq!(setup.put_card("e", "suspended").await.status, 201);
    assert_eq!(setup.use_card("e").await, "402 CARD_NOT_ACTIVE");
    setup.changed(&[change("e", "ACTIVE", 2)]).await;
    assert_eq!(
        setup.use_card("e").await,
        "402 CARD_NOT_ACTIVE",
        "the operator's word stays"
    );
    assert_eq!(setup.put_card("e", "active").await.status, 200);
    assert_eq!(setup.use_card("e").await, "200");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_state_is_shown_blocks_nothing_and_raises_an_alert() {
    let mut setup = Setup::begin().await;
    let odd = [change("odd", "SUSPENDED", 1), change("odd", "RESTING", 2)];
    setup.changed(&odd).await;
    setup.changed(&odd).await;
    assert_eq!(setup.use_card("odd").await, "200");
    assert_eq!(setup.card("odd").await.string("marqeta_state"), "RESTING");
    let alerts = "select string_agg(kind || ': ' || token || ': ' || detail, ';') from alert";
    assert_eq!(
        setup.database.text(alerts).await,
        "unknown_state: odd-RESTING-2: card odd is RESTING at marqeta: the state is not known and blocks nothing"
    );
}

/// Marqeta's list of a card that is issued and activated at once: both within the same second.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn transitions_of_one_second_follow_the_life_cycle_in_every_order() {
    let mut setup = Setup::begin().await;
    let all = [
        ("UNACTIVATED", "ACTIVE", "200"),
        ("ACTIVE", "SUSPENDED", "402 CARD_NOT_ACTIVE"),
    ];
    for (first, last, verdict) in all {
        let both = |card: &str| [change(card, first, 1), change(card, last, 1)];
        for (order, used_before) in [
            ("0 1", false),
            ("1 0", true),
            ("1 0 1 1", false),
            ("0 1 0", true),
        ] {
            let card = format!("{first}-{order}").replace(' ', "");
            if used_before {
                setup.use_card(&card).await;
            }
            for place in order.split(' ') {
                let place: usize = place.parse().unwrap();
                setup.changed(&[both(&card)[place].clone()]).await;
            }
            assert_eq!(
                setup.card(&card).await.string("marqeta_state"),
                last,
                "{card}"
            );
            assert_eq!(setup.use_card(&card).await, verdict, "{card}");
        }
        // All in one envelope, tripled.
        let one = both("one");
        setup
            .changed(&[one.clone(), one.clone(), one].concat())
            .await;
        setup.changed(&[change("one", "ACTIVE", 0)]).await;
    }
    assert_eq!(setup.card("one").await.string("marqeta_state"), "SUSPENDED");
    setup.bank.verify().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transition_without_a_time_never_outranks_one_with_a_time() {
    let mut setup = Setup::begin().await;
    let mut timeless = change("a", "SUSPENDED", 0);
    timeless.as_object_mut().unwrap().remove("created_time");
    setup.changed(&[timeless.clone()]).await;
    assert_eq!(setup.use_card("a").await, "402 CARD_NOT_ACTIVE");
    setup.changed(&[change("a", "ACTIVE", 1)]).await;
    assert_eq!(setup.use_card("a").await, "200");
    timeless["card_token"] = "b".into();
    setup.changed(&[change("b", "ACTIVE", 1), timeless]).await;
    assert_eq!(setup.use_card("b").await, "200");
}

/// The transition names no user, so it is stored under another name before the card is registered than after.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transition_delivered_before_and_after_registration_is_one() {
    let mut setup = Setup::begin().await;
    let suspended = [change("new", "SUSPENDED", 1)];
    setup.changed(&suspended).await;
    assert_eq!(setup.use_card("new").await, "402 CARD_NOT_ACTIVE");
    setup.changed(&[change("new", "ACTIVE", 2)]).await;
    setup.changed(&suspended).await;
    assert_eq!(setup.use_card("new").await, "200");
    let stored = "select count(*) from card_transition";
    assert_eq!(setup.database.count(stored).await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_transition_that_names_no_card_is_parked_alone() {
    let setup = Setup::begin().await;
    let mut nameless = change("x", "SUSPENDED", 1);
    nameless.as_object_mut().unwrap().remove("card_token");
    let delivered = json!({"token": "d", "card_token": "blue", "type": "fulfillment.delivered"});
    setup
        .changed(&[nameless, change("blue", "SUSPENDED", 1), delivered])
        .await;
    assert_eq!(setup.card("blue").await.string("state"), "suspended");
    let parked = "select string_agg(token || ': ' || error, ';') from dead_letter";
    let parked = setup.database.text(parked).await;
    assert_eq!(
        parked,
        "x-SUSPENDED-1: applying the transition: it names no card"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_request_of_the_batch_that_registers_a_suspended_card_is_approved() {
    let mut setup = Setup::begin().await;
    setup.changed(&[change("new", "SUSPENDED", 1)]).await;
    // While this is locked the decision worker cannot read, and what comes meanwhile is one batch.
    let mut connection = setup.database.connect().await;
    let mut lock = connection.begin().await.unwrap();
    lock.execute("lock table card in access exclusive mode")
        .await
        .unwrap();
    let mut asking = tokio::task::JoinSet::new();
    let bodies = std::iter::once("other").chain(["new"; 8]);
    for body in bodies.map(|card| setup.request(card)).collect::<Vec<_>>() {
        let caller = (*setup.front).clone();
        asking.spawn(async move { caller.jit(body).await.verdict() });
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    lock.rollback().await.unwrap();
    let mut verdicts = asking.join_all().await;
    verdicts.sort();
    let refused = verdicts
        .iter()
        .filter(|verdict| *verdict == "402 CARD_NOT_ACTIVE");
    assert_eq!(refused.count(), 8, "{verdicts:?}");
}

/// A registration and a transition that do not see each other: the transition counts all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transition_while_the_card_is_being_registered_is_not_lost() {
    let mut setup = Setup::begin().await;
    let mut connection = setup.database.connect().await;
    let mut registering = connection.begin().await.unwrap();
    let row = "insert into card (token, account, shard) \
               select 'new', token, shard from account where token = 'payer'";
    registering.execute(row).await.unwrap();
    setup.changed(&[change("new", "SUSPENDED", 1)]).await;
    registering.commit().await.unwrap();
    eventually("the card is known", || async {
        (setup.card("new").await.status == 200).then_some(())
    })
    .await;
    assert_eq!(setup.card("new").await.string("state"), "suspended");
    assert_eq!(setup.use_card("new").await, "402 CARD_NOT_ACTIVE");
    setup.changed(&[change("new", "ACTIVE", 2)]).await;
    assert_eq!(setup.use_card("new").await, "200");
}
