//! Delivery against a small gateway that fails on demand.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use rust_decimal::Decimal;

use crate::tests::fake_gateway::{FakeGateway, ok, status};
use crate::{
    Delivery, DeliveryResult, FrontClient, Network, Notification, RETRIES, TransactionState,
};

type Results = Arc<Mutex<Vec<(String, DeliveryResult)>>>;

const DRAIN_WITHIN: Duration = Duration::from_secs(60);

fn network(client: FrontClient, delivery: Delivery) -> (Network, Results) {
    let results = Results::default();
    let seen = results.clone();
    let listener = move |notification: &Notification, result| {
        seen.lock()
            .unwrap()
            .push((notification.token.clone(), result));
    };
    (
        Network::start(client, delivery, 11, listener).unwrap(),
        results,
    )
}

fn notification(number: usize) -> Notification {
    let token = format!("t{number:03}");
    let body = format!(r#"{{"token":"{token}"}}"#).into();
    let (group, state, amount) = ("g".to_owned(), TransactionState::Pending, Decimal::ONE);
    Notification {
        token,
        group,
        state,
        amount,
        is_gpa: false,
        body,
    }
}

fn fast() -> Delivery {
    Delivery {
        time_scale: 0.0005,
        ..Delivery::default()
    }
}

fn count(results: &Results, result: DeliveryResult) -> usize {
    results
        .lock()
        .unwrap()
        .iter()
        .filter(|seen| seen.1 == result)
        .count()
}

fn tokens(gateway: &FakeGateway) -> Vec<String> {
    let items = gateway.items();
    items
        .iter()
        .map(|item| item["token"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_refused_envelope_is_retried_as_a_whole_until_it_is_accepted() {
    let gateway = FakeGateway::start(|number, _| match number {
        0 => status(503),
        1 => status(204),
        2 => status(201),
        _ => ok(String::new()),
    })
    .await;
    let (network, results) = network(
        gateway.client(),
        Delivery {
            in_flight: 1,
            ..fast()
        },
    );
    (0..3).for_each(|number| network.queue(notification(number)));
    assert_eq!(network.outstanding(), 3);
    network.drain(DRAIN_WITHIN).await.unwrap();

    let envelopes: Vec<_> = gateway
        .seen()
        .iter()
        .map(|seen| seen.body.clone())
        .collect();
    assert_eq!(envelopes.len(), 4);
    assert!(envelopes.iter().all(|body| *body == envelopes[0]));
    assert_eq!(gateway.seen()[0].items().len(), 3);
    assert_eq!(count(&results, DeliveryResult::Refused), 9);
    assert_eq!(count(&results, DeliveryResult::Accepted), 3);
    assert_eq!(network.outstanding(), 0);
}

#[tokio::test]
async fn retries_keep_their_growing_distance() {
    let gateway = FakeGateway::start(|number, _| match number {
        0..3 => status(500),
        _ => ok(String::new()),
    })
    .await;
    // 4 s, 16 s and 64 s become 4, 16 and 64 ms.
    let (network, _) = network(
        gateway.client(),
        Delivery {
            time_scale: 0.001,
            ..fast()
        },
    );
    let started = std::time::Instant::now();
    network.queue(notification(1));
    network.drain(DRAIN_WITHIN).await.unwrap();
    assert!(
        started.elapsed() >= Duration::from_millis(84),
        "{:?}",
        started.elapsed()
    );
    assert_eq!(gateway.seen().len(), 4);
}

#[tokio::test]
async fn an_item_is_given_up_after_the_last_retry() {
    let gateway = FakeGateway::start(|_, _| status(500)).await;
    let delivery = Delivery {
        time_scale: 0.0,
        duplicates: 1.0,
        spread: Duration::ZERO,
        ..fast()
    };
    let (network, results) = network(
        gateway.client(),
        Delivery {
            batch: 1,
            ..delivery
        },
    );
    network.queue(notification(1));
    network.drain(DRAIN_WITHIN).await.unwrap();
    assert_eq!(gateway.seen().len(), 2 * (1 + RETRIES as usize));
    assert_eq!(count(&results, DeliveryResult::GivenUp), 1);
    assert_eq!(count(&results, DeliveryResult::Accepted), 0);
}

#[tokio::test]
async fn an_incomplete_drain_returns_the_rest() {
    let gateway = FakeGateway::start(|_, _| status(500)).await;
    let (network, _) = network(
        gateway.client(),
        Delivery {
            time_scale: 1.0,
            ..fast()
        },
    );
    (0..4).for_each(|number| network.queue(notification(number)));
    assert_eq!(network.drain(Duration::from_millis(100)).await, Err(4));
}

#[tokio::test]
async fn envelopes_hold_what_waits_but_never_more_than_the_batch() {
    let gateway = FakeGateway::approving().await;
    let (network, _) = network(gateway.client(), Delivery { batch: 4, ..fast() });
    (0..30).for_each(|number| network.queue(notification(number)));
    network.drain(DRAIN_WITHIN).await.unwrap();
    let sizes: Vec<usize> = gateway
        .seen()
        .iter()
        .map(|seen| seen.items().len())
        .collect();
    assert!(
        sizes.iter().all(|size| *size <= 4) && sizes.contains(&4),
        "{sizes:?}"
    );
    assert_eq!(sizes.iter().sum::<usize>(), 30);
}

#[tokio::test]
async fn without_chance_items_come_once_and_in_order() {
    let gateway = FakeGateway::approving().await;
    let (network, _) = network(
        gateway.client(),
        Delivery {
            in_flight: 1,
            ..fast()
        },
    );
    (0..40).for_each(|number| network.queue(notification(number)));
    network.drain(DRAIN_WITHIN).await.unwrap();
    let want: Vec<String> = (0..40).map(|number| notification(number).token).collect();
    assert_eq!(tokens(&gateway), want);
}

#[tokio::test]
async fn duplicates_are_accepted_once() {
    let gateway = FakeGateway::approving().await;
    let spread = Duration::from_millis(20);
    let (network, results) = network(
        gateway.client(),
        Delivery {
            duplicates: 1.0,
            spread,
            ..fast()
        },
    );
    (0..20).for_each(|number| network.queue(notification(number)));
    assert_eq!(network.outstanding(), 40);
    network.drain(DRAIN_WITHIN).await.unwrap();
    let mut seen = tokens(&gateway);
    seen.sort();
    assert_eq!(seen.len(), 40);
    assert!(seen.chunks(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(count(&results, DeliveryResult::Accepted), 20);
    assert_eq!(count(&results, DeliveryResult::Repeated), 20);
}

#[tokio::test]
async fn shuffled_items_come_in_the_disorder_of_the_seed() {
    let mut orders = Vec::new();
    for _ in 0..2 {
        let gateway = FakeGateway::approving().await;
        // One by one, and far apart compared with the time of a delivery.
        let spread = Duration::from_secs(2);
        let (network, _) = network(
            gateway.client(),
            Delivery {
                shuffle: true,
                spread,
                batch: 1,
                in_flight: 1,
                ..fast()
            },
        );
        (0..12).for_each(|number| network.queue(notification(number)));
        network.drain(DRAIN_WITHIN).await.unwrap();
        orders.push(tokens(&gateway));
    }
    let mut sorted = orders[0].clone();
    sorted.sort();
    assert_ne!(orders[0], sorted);
    assert_eq!(orders[0], orders[1]);
}

#[tokio::test]
async fn options_out_of_range_are_refused() {
    let gateway = FakeGateway::approving().await;
    let wrong = [
        Delivery { batch: 0, ..fast() },
        Delivery {
            batch: 11,
            ..fast()
        },
        Delivery {
            duplicates: 1.5,
            ..fast()
        },
        Delivery {
            time_scale: f64::NAN,
            ..fast()
        },
        Delivery {
            in_flight: 0,
            ..fast()
        },
    ];
    for delivery in wrong {
        let started = Network::start(gateway.client(), delivery.clone(), 1, |_, _| {});
        assert!(started.is_err(), "{delivery:?}");
    }
}
