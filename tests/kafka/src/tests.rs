//! Against the real thing.

use rdkafka::producer::{FutureProducer, FutureRecord};

use super::*;

#[tokio::test]
async fn a_broker_starts_takes_a_record_and_leaves_nothing() {
    if std::env::var_os("HOLDFAST_TEST_KAFKA").is_none_or(|kafka| kafka != "apache") {
        return; // The ordinary tests need nothing but Rust and a C toolchain.
    }
    let folder = tempfile::tempdir().unwrap();
    let started = Instant::now();
    let kafka = ApacheKafka::start(folder.path()).await.unwrap();
    println!("start took {:?}", started.elapsed());
    let mut config = client_config(&kafka);
    config
        .set("transactional.id", "t")
        .set("message.timeout.ms", "20000");
    kafka.create_topics(&["t"], 2).await.unwrap();
    let producer: FutureProducer = config.create().unwrap();
    let producer = tokio::task::spawn_blocking(move || {
        producer.init_transactions(Duration::from_secs(20)).unwrap();
        producer.begin_transaction().unwrap();
        producer
    });
    let producer = producer.await.unwrap();
    let record = FutureRecord::<str, str>::to("t").partition(1).payload("x");
    let sent = producer.send(record, Duration::from_secs(5)).await.unwrap();
    assert_eq!((sent.partition, sent.offset), (1, 0));
    tokio::task::spawn_blocking(move || {
        producer
            .commit_transaction(Duration::from_secs(20))
            .unwrap();
        drop(producer);
    })
    .await
    .unwrap();
    let address = kafka.bootstrap_servers().to_owned();
    kafka.stop().await;
    assert!(TcpStream::connect(address).is_err());
}
