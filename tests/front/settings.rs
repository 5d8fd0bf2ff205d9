//! Program settings beside programs of another version.

use crate::setup::Setup;
use sqlx::{Connection, Executor};

#[tokio::test]
async fn what_only_a_newer_program_knows_stays_when_this_one_changes_something() {
    let setup = Setup::begin().await;
    let mut connection = setup.database.connect().await;
    let newer = r#"update program set settings = settings || '{"brand_new": [1, 2]}'"#;
    connection.execute(newer).await.unwrap();
    connection.close().await.unwrap();
    setup.set(r#"{"hold_days":9}"#).await;
    let stored = setup
        .database
        .text("select settings::text from program")
        .await;
    let stored: serde_json::Value = serde_json::from_str(&stored).unwrap();
    assert_eq!(stored["brand_new"], serde_json::json!([1, 2]));
    assert_eq!(stored["hold_days"], 9);
}
