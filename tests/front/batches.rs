//! What the workers' batch costs: round trips, whatever its size.

use crate::setup::Setup;
use holdfast_funding::apply::{Applier, Summary, batch};
use holdfast_simulator::MessageKind;
use holdfast_store::{Store, StoreOptions};
use holdfast_tests::StatementCounter;
use holdfast_tests::message::{confirmed, envelope};

/// The program's settings, begin, lock, read notifications, read books, read the holds they are about,
/// change those, write books, mark notifications, append, commit.
const STATEMENTS: usize = 11;
const NAME: &str = "batches";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forty_clearings_cost_eleven_statements() {
    let mut setup = Setup::begin().await;
    let mut clearings = Vec::new();
    for _ in 0..40 {
        let (purchase, response) = setup.buy("1.00").await;
        assert_eq!(response.status, 200, "{}", response.text());
        let clearing = setup
            .messages
            .following(&purchase, MessageKind::Clearing, "1.00");
        clearings.push(confirmed(&clearing));
    }
    let accepted = setup.front.notify(envelope(&clearings)).await;
    assert_eq!(accepted.status, 200, "{}", accepted.text());
    let counter = StatementCounter::on(setup.database.url()).await;
    let store = Store::connect(&StoreOptions::new(counter.url().to_owned(), NAME)).await;
    let applier = Applier::new(store.unwrap());
    let records = setup.records().await;
    let before = counter.statements(NAME);
    let summary = batch(&applier, &records).await.unwrap();
    assert_eq!(
        summary,
        Summary {
            applied: 40,
            parked: 0
        }
    );
    assert_eq!(counter.statements(NAME) - before, STATEMENTS);
    assert_eq!(setup.balance().await, "60.00 0.00 60.00");
}
