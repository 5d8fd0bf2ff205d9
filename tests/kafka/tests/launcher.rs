//! The launcher of Apache Kafka, on Apache Kafka itself: Java 17 and Maven are needed.

use holdfast_kafka::{ApacheKafka, skip_without_apache};
use rdkafka::ClientConfig;
use rdkafka::producer::{FutureProducer, FutureRecord, Producer};
use std::net::TcpStream;
use std::time::{Duration, Instant};

#[tokio::test]
async fn a_broker_starts_takes_a_record_and_leaves_nothing() {
    // The ordinary tests need nothing but Rust and a C toolchain.
    if skip_without_apache("the launcher of Apache Kafka") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let started = Instant::now();
    let kafka = ApacheKafka::start(folder.path()).await.unwrap();
    println!("start took {:?}", started.elapsed());
    let mut config = ClientConfig::new();
    config
        .set("bootstrap.servers", kafka.bootstrap_servers())
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
